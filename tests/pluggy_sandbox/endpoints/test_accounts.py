"""Accounts, statements and the live balance."""

from tests.pluggy_sandbox.box import CPF_OK, Box


def refusal(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["codeDescription"]


def test_accounts_are_filtered_by_type(box: Box) -> None:
    item = box.connected()
    cards = box.get("/accounts", itemId=item["id"], type="CREDIT").json()
    assert {row["type"] for row in cards["results"]} == {"CREDIT"}
    assert cards["total"] == len(cards["results"])
    assert box.get("/accounts", itemId=item["id"], type="LOAN").status_code == 400


def test_an_account_is_read_alone(box: Box) -> None:
    account = box.account(box.connected()["id"])
    assert box.get(f"/accounts/{account['id']}").json() == account
    assert refusal(box.get("/accounts/x")) == (404, "ACCOUNT_NOT_FOUND")


def test_nothing_is_shown_before_the_first_collection(box: Box) -> None:
    item = box.create()
    box.advance(1)
    assert box.accounts(item["id"]) == []


def test_a_statement_is_a_pdf_behind_a_url(box: Box) -> None:
    account = box.account(box.connected()["id"])
    statements = box.get(f"/accounts/{account['id']}/statements").json()
    assert statements["total"] == len(statements["results"]) > 0
    first = statements["results"][0]
    assert set(first) == {"id", "monthYear", "url"}
    file = box.get(first["url"].removeprefix(box.world.state.base_url))
    assert file.content.startswith(b"%PDF-1.4")


def test_a_balance_is_the_accounts_own(box: Box) -> None:
    account = box.account(box.consented(601)["id"])
    box.advance(60)
    balance = box.get(f"/accounts/{account['id']}/balance").json()
    assert (balance["balance"], balance["currencyCode"]) == (account["balance"], "BRL")
    assert balance["updateDateTime"] == "2026-11-25T12:01:04.000Z"
    assert box.get(f"/accounts/{account['id']}").json()["updatedAt"] == balance["updateDateTime"]


def test_a_balance_spends_the_monthly_quota(box: Box) -> None:
    account = box.account(box.consented(601)["id"])
    body = {"document": CPF_OK, "connectorId": 601, "quota": "accounts_balance", "used": 419}
    box.call("PUT", "/_control/quotas", json=body)
    assert box.get(f"/accounts/{account['id']}/balance").status_code == 200
    assert refusal(box.get(f"/accounts/{account['id']}/balance")) == (429, "BALANCE_OPEN_FINANCE_RATE_LIMIT")


def test_a_balance_needs_a_bank_account_a_consent_and_a_bank_that_answers(box: Box) -> None:
    item = box.consented(601)
    account, card = box.account(item["id"]), box.account(item["id"], "CREDIT")
    assert refusal(box.get(f"/accounts/{card['id']}/balance")) == (400, "BALANCE_INVALID_REQUEST")
    assert refusal(box.get("/accounts/x/balance")) == (404, "BALANCE_NOT_FOUND")
    box.post("/_control/connectors/601", {"status": "OFFLINE"})
    assert refusal(box.get(f"/accounts/{account['id']}/balance")) == (502, "BALANCE_CONNECTOR_UNAVAILABLE")
    box.post("/_control/connectors/601", {"status": "ONLINE"})
    box.post(f"/_control/items/{item['id']}/revoke-consent-quietly")
    assert refusal(box.get(f"/accounts/{account['id']}/balance")) == (403, "BALANCE_CONSENT_ERROR")
