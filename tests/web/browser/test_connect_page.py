"""A bank is connected through the official widget, and a question of the bank is answered on our own page."""

import re

import httpx
import pytest
from playwright.sync_api import Frame, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import NewPage
from tests.builders import PASSWORD, make_connector
from tests.simulator import Simulator
from tests.web.browser.conftest import Open

from financehub.audit.recording import Actor
from financehub.banking import connecting, observing, preparing
from financehub.banking.models import Item, Transaction
from financehub.companies.models import Company, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def frame_of(page: Page, simulator: Simulator) -> Frame:
    """The page inside the widget, once the widget has opened it."""
    for _ in range(100):
        for frame in page.frames:
            if frame.url.startswith(simulator.url):
                return frame
        page.wait_for_timeout(100)
    raise AssertionError("the widget did not open")


def through_the_widget(page: Page, simulator: Simulator, connector_id: int) -> None:
    frame = frame_of(page, simulator)
    frame.wait_for_selector("h1")
    frame.locator(".foot .button").click()
    frame.locator(f'[data-connector="{connector_id}"]').click()
    frame.fill("#field-user", "user-ok")
    frame.fill("#field-password", "password-ok")
    frame.locator(".foot .button").click()


def newest_item_id(simulator: Simulator) -> str:
    return str(httpx.get(f"{simulator.url}/_control/items", timeout=10).json()[-1]["id"])


class TestConnect:
    def test_brings_the_money_of_a_bank_through_the_official_widget(
        self, open_live: Open, simulator: Simulator, ana: User, bakery: Company, settings: object
    ) -> None:
        settings.PLUGGY_USE_SANDBOX = True  # type: ignore[attr-defined]
        page = open_live(ana, "/conectar")
        through_the_widget(page, simulator, connector_id=2)

        page.wait_for_url("**/conectar/*", timeout=15_000)
        observing.observe_item(item=Item.objects.of(bakery).get())
        expect(page.get_by_text("Pronto, está tudo aqui.")).to_be_visible(timeout=8000)
        assert Transaction.objects.of(bakery).count() > 100

    def test_goes_on_when_the_callback_never_comes(
        self, open_live: Open, simulator: Simulator, ana: User, bakery: Company, settings: object
    ) -> None:
        settings.PLUGGY_USE_SANDBOX = True  # type: ignore[attr-defined]
        page = open_live(ana, "/conectar")
        page.route("**/api/pluggy/callback", lambda route: route.abort())

        through_the_widget(page, simulator, connector_id=2)
        page.wait_for_url("**/conectar/retorno", timeout=15_000)
        expect(page.get_by_text("Procurando sua conexão")).to_be_visible()
        connecting.adopt_item(pluggy_id=newest_item_id(simulator), by=Actor("vendor"))

        page.wait_for_url(re.compile("/conectar/[0-9a-f-]{36}$"), timeout=15_000)
        expect(page.get_by_text("Pronto, está tudo aqui.")).to_be_visible(timeout=8000)

    def test_says_why_the_widget_cannot_open(
        self, open_as: Open, simulator: Simulator, ana: User, settings: object
    ) -> None:
        settings.PLUGGY_CLIENT_SECRET = "wrong"  # type: ignore[attr-defined]
        page = open_as(ana, "/conectar")

        expect(page.get_by_text("Não foi possível abrir.")).to_be_visible()
        expect(page.get_by_role("button", name="Escolher o banco")).to_be_enabled()


@pytest.fixture
def address(ana: User, bakery: Company, simulator: Simulator) -> str:
    """What the bot's button opens: Ana chose the Open Finance bank in her chat and wrote its CPF."""
    bank = make_connector(id=600, name="Sandbox Open Finance")
    token = preparing.prepare_connection(
        company=bakery, user=ana, connector=bank, document="76109277673", by=Actor("user", ana.pk)
    )
    return f"/conectar/pedido/{token}"


def is_at_the_chosen_bank(page: Page, simulator: Simulator) -> None:
    """After the vendor's word of welcome comes this bank's own form, and no list of banks."""
    expect(page.get_by_role("heading", name="Conectar Sandbox Open Finance")).to_be_visible()
    frame = frame_of(page, simulator)
    frame.wait_for_selector("h1")
    frame.locator(".foot .button").click()
    expect(frame.locator("#field-cpf")).to_have_value("76109277673")
    expect(frame.locator("[data-connector]")).to_have_count(0)


class TestFromAChat:
    def test_a_person_who_is_signed_in_comes_straight_to_the_chosen_bank(
        self, open_as: Open, simulator: Simulator, ana: User, address: str, settings: object
    ) -> None:
        settings.PLUGGY_USE_SANDBOX = True  # type: ignore[attr-defined]
        is_at_the_chosen_bank(open_as(ana, address), simulator)

    def test_so_does_one_whom_the_address_first_asks_to_sign_in(
        self,
        open_as: Open,
        new_page: NewPage,
        live_server: LiveServer,
        simulator: Simulator,
        address: str,
        settings: object,
    ) -> None:
        settings.PLUGGY_USE_SANDBOX = True  # type: ignore[attr-defined]
        page = new_page()
        page.goto(live_server.url + address)
        page.locator("[name=login]").fill("ana@example.com")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        is_at_the_chosen_bank(page, simulator)


class TestProgress:
    def test_asks_the_banks_question_counts_down_and_goes_on(
        self, open_live: Open, simulator: Simulator, ana: User, bakery: Company
    ) -> None:
        by = Actor("user", ana.id)
        connecting.start_connection(company=bakery, user=ana, by=by)
        snapshot = simulator.connect(bakery, connector_id=5)
        item = connecting.link(company=bakery, user=ana, snapshot=snapshot, by=by)
        page = open_live(ana, f"/conectar/{item.pk}")
        expect(page.get_by_text("Restam")).to_be_visible()

        page.get_by_label("Token").fill("123456")
        page.get_by_role("button", name="Enviar ao banco").click()
        expect(page.get_by_text("Tudo certo até aqui")).to_be_visible()
        simulator.advance(10)
        observing.observe_item(item=Item.objects.of(bakery).get())

        expect(page.get_by_text("Pronto, está tudo aqui.")).to_be_visible(timeout=8000)
