"""Card bills."""

from tests.pluggy_sandbox.box import Box


def test_bills_are_paged_and_read_alone(box: Box) -> None:
    card = box.account(box.connected()["id"], "CREDIT")
    page = box.get("/bills", accountId=card["id"], pageSize=2).json()
    assert (len(page["results"]), page["totalPages"]) == (2, -(-page["total"] // 2))
    bill = page["results"][0]
    assert box.get(f"/bills/{bill['id']}").json() == {**bill, "accountId": card["id"]}


def test_an_unknown_bill_is_not_found(box: Box) -> None:
    assert box.get("/bills/x").json()["codeDescription"] == "CREDIT_CARD_BILL_NOT_FOUND"
    assert box.get("/bills").status_code == 400


def test_a_current_account_has_no_bills(box: Box) -> None:
    account = box.account(box.connected()["id"])
    assert box.get("/bills", accountId=account["id"]).json()["results"] == []
