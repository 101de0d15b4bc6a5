"""The vendored official widget opens the simulator, and everything reaches the client's page."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser import NewPage
from tests.pluggy_sandbox.pages.stage import (
    CPF,
    WIDGET,
    Host,
    Simulator,
    await_heard,
    choose,
    heard,
    press,
    sign_in,
)

pytestmark = pytest.mark.browser

IN_PAGE = Path("src/pluggy_sandbox/pages/static/vendor/pluggy-connect/pluggy-connect.js")
JOURNEY = [
    "SUBMITTED_CONSENT",
    "SELECTED_INSTITUTION",
    "SUBMITTED_LOGIN",
    "LOGIN_SUCCESS",
    "LOGIN_STEP_COMPLETED",
]


def test_both_copies_are_the_documented_build() -> None:
    digest = hashlib.sha256(WIDGET.read_bytes()).hexdigest()
    assert digest in (WIDGET.parent / "README.md").read_text()
    assert IN_PAGE.read_bytes() == WIDGET.read_bytes()


def test_a_connection_reaches_the_client(page: Page, simulator: Simulator, host: Host) -> None:
    frame = host.open(page, simulator.token(clientUserId="alias-1"))
    choose(frame, 2)
    sign_in(frame)
    expect(frame.get_by_role("heading", name="Pluggy Bank conectado")).to_be_visible()
    (item,) = simulator.items()
    assert item["clientUserId"] == "alias-1"
    assert heard(page, "success") == [[item["id"], "UPDATED"]]
    events = heard(page, "event")
    assert [name for name, *_ in events if name != "ITEM_RESPONSE"] == JOURNEY
    assert ["SELECTED_INSTITUTION", "number", 2] in events
    assert ["ITEM_RESPONSE", "number", item["id"]] in events
    press(frame, "Concluir")
    assert await_heard(page, "close") == [[]]
    assert heard(page, "error") == []


def test_a_refused_login_is_an_error_with_its_item(page: Page, simulator: Simulator, host: Host) -> None:
    frame = host.open(page, simulator.token())
    choose(frame, 2)
    sign_in(frame, user="user-locked")
    simulator.hurry()
    expect(frame.get_by_role("heading", name="O banco bloqueou o acesso")).to_be_visible()
    assert heard(page, "error") == [["The account is locked at the institution", "ACCOUNT_LOCKED"]]
    assert heard(page, "success") == []


def test_closing_asks_first_while_the_bank_works(page: Page, simulator: Simulator, host: Host) -> None:
    frame = host.open(page, simulator.token())
    choose(frame, 5)
    sign_in(frame)
    simulator.hurry()
    frame.wait_for_selector("#mfa-value")
    page.keyboard.press("Escape")
    expect(frame.get_by_role("dialog")).to_contain_text("continua mesmo com a janela fechada")
    press(frame, "Ficar")
    assert heard(page, "close") == []
    press(frame, "Fechar")
    press(frame, "Sair")
    await_heard(page, "close")
    assert simulator.items()[0]["status"] == "WAITING_USER_INPUT"


def test_open_finance_is_confirmed_in_the_banks_own_window(
    page: Page, simulator: Simulator, host: Host
) -> None:
    frame = host.open(page, simulator.token(), openFinanceParameters={"cpf": CPF["ok"]})
    choose(frame, 600)
    expect(frame.locator("#field-cpf")).to_have_value(CPF["ok"])
    press(frame, "Ir para o banco")
    with page.context.expect_page() as opening:
        press(frame, "Ir para o banco")
    bank = opening.value
    press(bank, "Entrar")
    press(bank, "Confirmar compartilhamento")
    bank.wait_for_event("close")
    expect(frame.get_by_role("heading", name="Sandbox Open Finance conectado")).to_be_visible()
    assert heard(page, "success") == [[simulator.items()[0]["id"], "UPDATED"]]


def test_update_mode_repairs_the_same_item(page: Page, simulator: Simulator, host: Host) -> None:
    item = simulator.connected(user="user-account-credentials-reset")
    assert item["status"] == "LOGIN_ERROR"
    frame = host.open(page, simulator.token(item["id"]), updateItem=item["id"])
    expect(frame.get_by_role("heading", name="Reconecte o Pluggy Bank")).to_be_visible()
    sign_in(frame)
    simulator.hurry()
    expect(frame.get_by_role("heading", name="Pluggy Bank atualizado")).to_be_visible()
    assert heard(page, "success") == [[item["id"], "UPDATED"]]
    assert [known["id"] for known in simulator.items()] == [item["id"]]


def test_the_background_hides_instead_of_closing(page: Page, simulator: Simulator, host: Host) -> None:
    frame = host.open(page, simulator.token(), allowConnectInBackground=True)
    choose(frame, 2)
    sign_in(frame)
    press(frame, "Continuar em segundo plano")
    await_heard(page, "success")
    assert heard(page, "hide") == [[]]
    assert heard(page, "close") == []
    expect(page.locator("body")).not_to_have_class(re.compile("has-modal-visible"))


def test_it_follows_the_clients_language_and_theme(
    new_page: NewPage, simulator: Simulator, host: Host
) -> None:
    frame = host.open(new_page(), simulator.token(), language="en", theme="dark")
    expect(frame.get_by_role("heading")).to_have_text(
        ["Connect your account securely", "Read only", "Your data stays yours", "You can change your mind"]
    )
    assert frame.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    assert frame.evaluate("document.documentElement.lang") == "en"


def test_only_the_asked_connectors_are_listed(page: Page, simulator: Simulator, host: Host) -> None:
    frame = host.open(page, simulator.token(), connectorIds=[2, 601])
    press(frame, "Continuar")
    assert frame.eval_on_selector_all(".bank", "rows => rows.map(row => row.dataset.connector)") == [
        "2",
        "601",
    ]
