"""Monthly Open Finance quotas, and how their end shows."""

from datetime import timedelta

from tests.pluggy_sandbox.box import CPF_OK, NOON, Box

from pluggy_sandbox.quotas import QuotaBook, month_of

HOLDER = ("76109277673", 601)


def exhaust(box: Box, quota: str, used: int) -> None:
    body = {"document": CPF_OK, "connectorId": 601, "quota": quota, "used": used}
    answer = box.call("PUT", "/_control/quotas", json=body)
    assert answer.status_code == 200, answer.text


def refreshed(box: Box, item: dict) -> dict:
    box.patch(f"/items/{item['id']}")
    box.advance(3)
    return box.item(item["id"])


def test_a_month_begins_at_midnight_in_brazil() -> None:
    assert month_of(NOON.replace(month=12, day=1, hour=2)) == "2026-11"
    assert month_of(NOON.replace(month=12, day=1, hour=3)) == "2026-12"


def test_the_last_call_of_a_month_is_followed_by_a_refusal() -> None:
    book = QuotaBook()
    assert [book.spend(HOLDER, "identity", NOON) for _ in range(5)] == [True] * 4 + [False]
    assert book.spend(HOLDER, "identity", NOON + timedelta(days=7))


def test_lists_are_spent_weekly_and_balances_at_every_update() -> None:
    book, last = QuotaBook(), {}
    for day in range(8):
        assert book.spend_product(HOLDER, "ACCOUNTS", last, NOON - timedelta(days=10 - day)) is None
    assert (book.used(HOLDER, "accounts_list", NOON), book.used(HOLDER, "accounts_balance", NOON)) == (2, 8)


def test_an_exhausted_product_is_a_partial_success_with_stale_rows(box: Box) -> None:
    item = box.consented(601)
    account = box.account(item["id"])
    before = box.all_transactions(account["id"])
    exhaust(box, "transactions_recent", 240)
    box.advance(20 * 3600)
    stale = refreshed(box, item)
    detail = stale["statusDetail"]["transactions"]
    assert (stale["status"], stale["executionStatus"]) == ("UPDATED", "PARTIAL_SUCCESS")
    assert (detail["isUpdated"], detail["lastUpdatedAt"]) == (False, item["lastUpdatedAt"])
    assert [warning["code"] for warning in detail["warnings"]] == ["TXN_003"]
    assert stale["statusDetail"]["identity"]["isUpdated"] is True
    assert box.all_transactions(account["id"]) == before


def test_the_next_month_brings_the_product_back(box: Box) -> None:
    item = box.consented(601)
    exhaust(box, "transactions_recent", 240)
    assert refreshed(box, item)["executionStatus"] == "PARTIAL_SUCCESS"
    box.advance(6 * 24 * 3600)
    assert refreshed(box, item)["executionStatus"] == "SUCCESS"


def test_two_items_of_one_person_at_one_bank_burn_one_quota(box: Box) -> None:
    for _ in range(2):
        box.consented(601)
    used = {row["quota"]: row["used"] for row in box.get("/_control/quotas").json()}
    assert (used["accounts_list"], used["identity"]) == (2, 2)


def test_direct_connectors_have_no_quotas(box: Box) -> None:
    box.connected()
    assert box.get("/_control/quotas").json() == []
