"""The bell, the tray, the preferences and the service worker in a real browser."""

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from tests.web.browser.conftest import Open

from financehub.companies.models import Company, User
from financehub.notifications.models import Preference
from financehub.notifications.telling import tell
from financehub.providers.webpush.vapid import new_private_key

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {"amount": "R$ 5.000,00", "description": "Salário", "account": "Conta", "day": "05/11/2026"}

TRIES = 60
SHOWN = """async () => {
  const worker = await navigator.serviceWorker.ready;
  const [found] = await worker.getNotifications();
  return found ? { title: found.title, body: found.body, data: found.data, tag: found.tag } : null;
}"""


def salary(company: Company, key: str) -> None:
    with transaction.atomic():
        tell(company, "salary_in", key=key, words=WORDS)


def test_the_bell_rises_and_falls_by_itself_on_every_page(
    open_live: Open, ana: User, bakery: Company
) -> None:
    page = open_live(ana, "/conta/senha/")  # a page without anything live of its own
    number = page.locator(".bell-number")
    expect(number).to_be_hidden()
    page.wait_for_timeout(500)  # the socket opens after the page
    salary(bakery, "1")
    expect(number).to_have_text("1", timeout=3000)

    tray = page.context.new_page()
    tray.goto(page.url.replace("/conta/senha/", "/avisos"))
    tray.get_by_role("button", name="Marcar tudo como lido").click()
    expect(number).to_be_hidden(timeout=3000)


def test_the_tray_shows_what_arrives_and_opens_by_keyboard(
    open_live: Open, ana: User, bakery: Company
) -> None:
    page = open_live(ana, "/avisos")
    expect(page.get_by_text("Nenhum aviso por aqui")).to_be_visible()
    page.wait_for_timeout(500)
    salary(bakery, "1")
    title = page.get_by_role("button", name="Salário na conta: R$ 5.000,00", exact=True)
    expect(title).to_be_visible(timeout=3000)
    title.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/transacoes**")


def test_a_choice_is_made_on_a_phone_in_the_dark(open_as: Open, ana: User, bakery: Company) -> None:
    page = open_as(ana, "/avisos/preferencias", english=True, width=360, dark=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    box = page.get_by_role("checkbox", name="Salary received by E-mail")
    box.check()
    expect(page.get_by_role("checkbox", name="New sign-in by E-mail")).to_be_disabled()
    page.locator("#save-table").click()
    expect(page.get_by_text("Preferences saved.")).to_be_visible()
    expect(box).to_be_checked()
    kept = Preference.objects.values_list("person_id", "kind", "channel", "is_on")
    assert list(kept) == [(ana.pk, "salary_in", "email", True)]


def test_the_service_worker_shows_what_is_pushed(
    open_as: Open, ana: User, bakery: Company, settings: object
) -> None:
    """Up to the push service, which only a browser maker runs: the message is handed over as it would."""
    settings.VAPID_KEY = new_private_key()  # type: ignore[attr-defined]
    page = open_as(ana, "/avisos/preferencias")
    page.context.grant_permissions(["notifications"])
    expect(page.get_by_role("button", name="Avisar neste navegador")).to_be_visible()
    assert shown_after(
        page, '{"title":"Salário na conta","body":"R$ 5.000,00","url":"/transacoes","tag":"t"}'
    ) == {
        "title": "Salário na conta",
        "body": "R$ 5.000,00",
        "data": {"url": "/transacoes"},
        "tag": "t",
    }


def shown_after(page: Page, message: str) -> object:
    """Register the worker as the page's button does, and hand it a message until it shows one.

    A busy browser drops what comes before its worker listens; the tag lets only one be shown.
    """
    devtools = page.context.new_cdp_session(page)
    registrations: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.extend(one["registrationId"] for one in told["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    page.evaluate(
        "navigator.serviceWorker.register('/service-worker.js').then(() => navigator.serviceWorker.ready)"
    )
    origin, shown = page.evaluate("location.origin"), None
    for _ in range(TRIES):
        if registrations:
            arguments = {"origin": origin, "registrationId": registrations[0], "data": message}
            devtools.send("ServiceWorker.deliverPushMessage", arguments)
        page.wait_for_timeout(250)
        shown = page.evaluate(SHOWN)
        if shown:
            break
    return shown
