"""The mock bank: what it shows, whom it believes, and what a yes and a no do."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser import NewPage
from tests.pluggy_sandbox.box import CPF_OK, CPF_REJECTED, CPF_TWO_APPROVALS, Box
from tests.pluggy_sandbox.pages.stage import CPF, Simulator, press

from pluggy_sandbox.pages.bank import EMAIL, PASSWORD, masked


def asked(box: Box, cpf: str = CPF_OK, **more: object) -> str:
    """An Open Finance item that waits for its person at the bank."""
    item = box.create(600, {"cpf": cpf}, **more)
    box.advance(1)
    return item["id"]


def answer(box: Box, item_id: str, decision: str, password: str = PASSWORD):
    return box.post(f"/bank/consents/{item_id}", {"email": EMAIL, "password": password, "decision": decision})


class TestTheRequest:
    def test_shows_what_is_asked_with_the_document_masked(self, box: Box) -> None:
        box.switch(consentMonths=12)
        shown = box.get(
            f"/bank/consents/{asked(box, oauthRedirectUri='https://app.example/back?a=1')}"
        ).json()
        assert shown["connector"]["name"] == "Sandbox Open Finance"
        assert shown["state"] == "asked"
        assert shown["document"] == "***.092.776-**"
        assert shown["expiresAt"] == "2027-11-25T12:00:01.000Z"
        assert "ACCOUNTS" in shown["products"]
        assert shown["redirectUri"].startswith("https://app.example/back?a=1&itemId=")

    def test_never_links_to_a_script(self, box: Box) -> None:
        item_id = asked(box, oauthRedirectUri="javascript:alert(1)")
        assert box.get(f"/bank/consents/{item_id}").json()["redirectUri"] is None

    def test_is_unknown_for_an_unknown_item(self, box: Box) -> None:
        assert box.get("/bank/consents/00000000-0000-4000-8000-000000000000").status_code == 404


class TestTheAnswer:
    def test_yes_collects_the_data(self, box: Box) -> None:
        item_id = asked(box)
        assert answer(box, item_id, "approve").json() == {"taken": True}
        box.advance(3)
        assert box.item(item_id)["executionStatus"] == "SUCCESS"

    def test_no_ends_the_run(self, box: Box) -> None:
        item_id = asked(box)
        assert answer(box, item_id, "reject").json() == {"taken": True}
        assert box.item(item_id)["error"]["code"] == "USER_AUTHORIZATION_NOT_GRANTED"
        assert box.get(f"/bank/consents/{item_id}").json()["state"] == "rejected"

    def test_needs_the_password(self, box: Box) -> None:
        item_id = asked(box)
        assert answer(box, item_id, "approve", password="wrong").status_code == 401
        assert box.item(item_id)["status"] == "WAITING_USER_ACTION"

    def test_counts_once(self, box: Box) -> None:
        item_id = asked(box)
        answer(box, item_id, "approve")
        assert answer(box, item_id, "approve").json() == {"taken": False}

    def test_of_the_first_of_two_waits_for_the_second(self, box: Box) -> None:
        item_id = asked(box, CPF_TWO_APPROVALS)
        answer(box, item_id, "approve")
        box.advance(1)
        assert box.get(f"/bank/consents/{item_id}").json()["state"] == "pending"
        assert answer(box, item_id, "approve").json() == {"taken": True}
        box.advance(4)
        assert box.item(item_id)["status"] == "UPDATED"

    def test_may_be_overruled_by_the_bank(self, box: Box) -> None:
        item_id = asked(box, CPF_REJECTED)
        answer(box, item_id, "approve")
        box.advance(1)
        assert box.get(f"/bank/consents/{item_id}").json()["state"] == "rejected"

    def test_is_refused_when_it_is_not_json(self, box: Box) -> None:
        assert box.call("POST", f"/bank/consents/{asked(box)}", content=b"{").status_code == 400


@pytest.mark.parametrize(
    ("document", "shown"),
    [(CPF_OK, "***.092.776-**"), ("00.360.305/0001-04", "**.360.305/****-**"), ("", ""), ("123", "")],
)
def test_masked_shows_only_the_middle(document: str, shown: str) -> None:
    assert masked(document) == shown


@pytest.mark.browser
class TestTheBankPage:
    @pytest.fixture
    def waiting(self, simulator: Simulator) -> str:
        item = simulator.api("POST", "/items", {"connectorId": 600, "parameters": {"cpf": CPF["ok"]}})
        simulator.advance(1)
        return item["id"]

    def test_refuses_a_wrong_password(self, page: Page, simulator: Simulator, waiting: str) -> None:
        page.goto(f"{simulator.url}/bank/authorize?itemId={waiting}")
        page.fill("#password", "wrong")
        press(page, "Entrar")
        expect(page.get_by_role("alert")).to_have_text("E-mail ou senha não conferem.")

    def test_can_be_told_no(self, new_page: NewPage, simulator: Simulator, waiting: str) -> None:
        page = new_page(width=360, height=720, dark=True, language="en-US")
        page.goto(f"{simulator.url}/bank/authorize?itemId={waiting}")
        press(page, "Sign in")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        press(page, "Do not share")
        expect(page.get_by_role("heading", name="Sharing refused")).to_be_visible()
        assert simulator.items()[0]["executionStatus"] == "USER_AUTHORIZATION_NOT_GRANTED"

    def test_brings_the_person_back_to_the_same_tab(
        self, page: Page, simulator: Simulator, waiting: str
    ) -> None:
        page.goto(f"{simulator.url}/bank/authorize?itemId={waiting}&return_to=/connect%3Fresume%3D{waiting}")
        press(page, "Entrar")
        press(page, "Confirmar compartilhamento")
        page.wait_for_url(re.compile(f"/connect\\?resume={waiting}"))

    def test_follows_no_address_of_another_site(self, page: Page, simulator: Simulator, waiting: str) -> None:
        page.goto(f"{simulator.url}/bank/authorize?itemId={waiting}&return_to=https://elsewhere.example/")
        press(page, "Entrar")
        press(page, "Não compartilhar")
        expect(page.get_by_role("button", name="Fechar esta janela")).to_be_visible()
        assert page.url.startswith(simulator.url)

    def test_says_when_nothing_is_asked_any_more(
        self, page: Page, simulator: Simulator, waiting: str
    ) -> None:
        simulator.control("POST", f"items/{waiting}/expire-mfa")
        page.goto(f"{simulator.url}/bank/authorize?itemId={waiting}")
        expect(page.get_by_role("heading", name="Este pedido não vale mais")).to_be_visible()
