"""The control page does by hand what its JSON does for programs."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import NewPage
from tests.pluggy_sandbox.box import Box, Receiver
from tests.pluggy_sandbox.pages.stage import Simulator, press

from pluggy_sandbox.pages.control import switch_inputs
from pluggy_sandbox.pages.documents import STATIC


class TestConnectTokensWithoutAKey:
    def test_open_a_session(self, box: Box) -> None:
        token = box.call("POST", "/_control/connect_token", json={}, headers={"X-API-KEY": ""}).json()[
            "accessToken"
        ]
        assert box.as_widget(token, "GET", "/_connect/session").status_code == 200

    def test_may_be_for_one_item(self, box: Box) -> None:
        item = box.connected()
        token = box.post("/_control/connect_token", {"itemId": item["id"]}).json()["accessToken"]
        assert box.as_widget(token, "GET", f"/items/{item['id']}").json()["id"] == item["id"]

    def test_are_not_for_unknown_items(self, box: Box) -> None:
        body = {"itemId": "00000000-0000-4000-8000-000000000000"}
        assert box.post("/_control/connect_token", body).status_code == 404


class TestTheSwitches:
    def test_are_each_set_with_what_they_hold(self) -> None:
        inputs = switch_inputs()
        assert inputs["rateLimits"] == "flag"
        assert inputs["mfaSeconds"] == "number"
        assert inputs["itemLimit"] == "number?"
        assert inputs["ipAllowlist"] == "list?"
        assert inputs["webhookSignatureSecret"] == "text?"

    def test_each_have_words(self) -> None:
        words = (STATIC / "control" / "texts.js").read_text(encoding="utf-8")
        assert [name for name in switch_inputs() if words.count(f'"switch.{name}"') != 2] == []


@pytest.mark.browser
class TestTheControlPage:
    @pytest.fixture
    def control(self, page: Page, simulator: Simulator) -> Page:
        page.goto(f"{simulator.url}/_control")
        page.wait_for_selector(".panel")
        return page

    def test_moves_the_clock(self, control: Page, simulator: Simulator) -> None:
        before = simulator.control("GET", "clock")["now"]
        press(control, "+1 dia")
        expect(control.get_by_role("status")).to_have_text("Feito")
        assert simulator.control("GET", "clock")["now"][:10] > before[:10]

    def test_makes_and_removes_a_fault(self, control: Page, simulator: Simulator) -> None:
        control.get_by_label("Tipo").select_option("error")
        control.get_by_label("Caminho").fill("/items")
        control.get_by_label("Vezes").fill("2")
        press(control, "Criar falha")
        expect(control.get_by_text("atingiu 0/2")).to_be_visible()
        (fault,) = simulator.control("GET", "faults")
        assert (fault["kind"], fault["path"], fault["times"]) == ("error", "/items", 2)
        press(control, "Remover")
        expect(control.get_by_text("Nenhuma falha em vigor.")).to_be_visible()
        assert simulator.control("GET", "faults") == []

    def test_flips_and_sets_rules(self, control: Page, simulator: Simulator) -> None:
        control.get_by_label("410 em GET /transactions (v1)").check()
        expect(control.get_by_role("status")).to_have_text("Feito")
        control.get_by_label("Segundos para o MFA").fill("45")
        control.get_by_label("Segundos para o MFA").press("Tab")
        control.get_by_label("Só estes IPs").fill("127.0.0.1 10.0.0.1")
        control.get_by_label("Só estes IPs").press("Tab")
        control.wait_for_timeout(500)
        switches = simulator.control("GET", "switches")
        assert switches["ipAllowlist"] == ["127.0.0.1", "10.0.0.1"]
        assert switches["v1TransactionsGone"] is True
        assert switches["mfaSeconds"] == 45

    def test_changes_a_transaction_of_an_item(self, control: Page, simulator: Simulator) -> None:
        item = simulator.connected()
        control.locator(f'[data-key="item-{item["id"]}"] summary').click()
        control.get_by_label("O quê").select_option("twin")
        before = simulator.items()[0]["accounts"][0]["transactions"]
        press(control, "Aplicar")
        expect(control.get_by_text(f"{before + 1} transações")).to_be_visible()

    def test_plans_how_the_coming_runs_end(self, control: Page, simulator: Simulator) -> None:
        item = simulator.connected()
        control.locator(f'[data-key="item-{item["id"]}"] summary').click()
        control.get_by_label("Terminam em").select_option("SITE_NOT_AVAILABLE")
        press(control, "Combinar")
        expect(control.get_by_role("status")).to_have_text("Feito")
        press(control, "Sincronizar")
        simulator.advance(4)
        assert simulator.items()[0]["executionStatus"] == "SITE_NOT_AVAILABLE"

    def test_says_why_a_command_was_refused(self, control: Page, simulator: Simulator) -> None:
        item = simulator.connected()
        control.locator(f'[data-key="item-{item["id"]}"] summary').click()
        control.get_by_label("O quê").select_option("return")
        press(control, "Aplicar")
        expect(control.get_by_role("status")).to_contain_text("no deleted row to return")

    def test_sends_a_delivery_again(self, control: Page, simulator: Simulator, receiver: Receiver) -> None:
        simulator.control("PATCH", "switches", {"webhookTargetChecks": False})
        simulator.subscribe("item/created", f"{receiver.url}/hook")
        simulator.connected()
        control.locator('[data-key^="delivery-"] summary').first.click()
        press(control, "Reenviar")
        expect(control.locator('[data-key^="delivery-"]')).to_have_count(2)
        control.wait_for_timeout(500)
        first, second = receiver.knocks
        assert first.body == second.body

    def test_opens_the_connect_page(self, control: Page) -> None:
        with control.context.expect_page() as opening:
            press(control, "Abrir a página Connect")
        expect(opening.value.get_by_role("heading", level=1)).to_have_text("Conecte sua conta com segurança")

    def test_fits_a_phone_in_english(self, new_page: NewPage, simulator: Simulator) -> None:
        page = new_page(width=360, height=700, dark=True, language="en-US")
        page.goto(f"{simulator.url}/_control")
        expect(page.get_by_role("heading", name="Pluggy Sandbox control")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == 360
