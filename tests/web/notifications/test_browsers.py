"""A browser that is told: subscribed, removed, left by its person."""

import json

import pytest
from tests.people import signed_in
from tests.push_service import PlayedBrowser, push_service

from financehub.notifications import pushing
from financehub.notifications.models import PushSubscription
from financehub.providers.webpush.vapid import new_private_key

PAGE = "/avisos/preferencias"


@pytest.fixture
def browser(ana):
    return signed_in(ana)


@pytest.fixture
def service(settings):
    settings.VAPID_KEY, settings.WEBHOOK_NETWORKS = new_private_key(), ["127.0.0.0/8"]
    with push_service() as found:
        yield found


def test_a_browser_subscribes_and_is_removed(browser, ana, service):
    told = PlayedBrowser(service).subscription
    agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    answer = browser.post(
        "/avisos/navegador", json.dumps(told), content_type="application/json", headers={"user-agent": agent}
    )
    assert answer.status_code == 200
    kept = PushSubscription.objects.get(person=ana)
    assert kept.browser == "Chrome · Linux"
    assert "Chrome · Linux" in browser.get(PAGE).content.decode()
    browser.post(f"/avisos/navegador/{kept.pk}/remover")
    assert not PushSubscription.objects.exists()


def test_who_signs_out_is_pushed_nothing_more_in_that_browser(browser, ana, service):
    here, elsewhere = (PlayedBrowser(service, name).subscription for name in ("here", "elsewhere"))
    kept = pushing.subscribe(person=ana, subscription=elsewhere, browser="Firefox")
    browser.post("/avisos/navegador", json.dumps(here), content_type="application/json")
    assert PushSubscription.objects.count() == 2
    browser.post("/conta/sair/")
    assert [row.pk for row in PushSubscription.objects.all()] == [kept.pk]


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"endpoint":"http://10.0.0.1/","keys":{"p256dh":"A","auth":"A"}}']
)
def test_what_is_no_browser_is_refused(browser, ana, service, body):
    assert browser.post("/avisos/navegador", body, content_type="application/json").status_code == 400
    assert not PushSubscription.objects.exists()
