"""Transactions by both paginations."""

import pytest
from tests.pluggy_sandbox.box import Box

UNKNOWN = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def account(box: Box) -> dict:
    return box.account(box.connected()["id"])


def message(answer) -> str:
    assert answer.status_code == 400
    return answer.json()["message"]


def test_both_paginations_show_the_same_rows(box: Box, account: dict) -> None:
    cursor = box.all_transactions(account["id"])
    first = box.get("/transactions", accountId=account["id"]).json()
    pages = [
        box.get("/transactions", accountId=account["id"], page=number).json()["results"]
        for number in range(1, first["totalPages"] + 1)
    ]
    assert [row for page in pages for row in page] == cursor
    assert first["total"] == len(cursor)


def test_days_bound_both_paginations(box: Box, account: dict) -> None:
    days = {"dateFrom": "2026-10-01", "dateTo": "2026-10-31"}
    rows = box.all_transactions(account["id"], **days)
    assert rows
    assert all("2026-10-01T" <= row["date"] < "2026-11-01T" for row in rows)
    old = box.get(
        "/transactions", accountId=account["id"], **{"from": "2026-10-01", "to": "2026-10-31"}
    ).json()
    assert old["results"] == rows


def test_rows_are_found_by_id(box: Box, account: dict) -> None:
    rows = box.all_transactions(account["id"])[:3]
    wanted = ",".join(row["id"] for row in rows)
    assert box.all_transactions(account["id"], ids=wanted) == rows
    assert box.get("/transactions", accountId=account["id"], ids=wanted).json()["results"] == rows
    assert box.get(f"/transactions/{rows[0]['id']}").json() == rows[0]


def test_creation_times_find_what_is_new(box: Box, account: dict) -> None:
    assert box.all_transactions(account["id"], createdAtFrom="2026-11-25T12:00:04.000Z") == []
    assert len(box.all_transactions(account["id"], createdAtFrom="2026-11-25T12:00:03.000Z")) > 500


def test_an_unknown_account_is_an_empty_page(box: Box) -> None:
    assert box.get("/v2/transactions", accountId=UNKNOWN).json() == {"results": [], "next": None}
    assert box.get("/transactions", accountId=UNKNOWN).json()["total"] == 0


def test_the_account_is_mandatory_even_with_ids(box: Box) -> None:
    assert message(box.get("/v2/transactions", ids=UNKNOWN)) == "accountId must be a UUID"
    assert message(box.get("/transactions")) == "accountId must be a UUID"


def test_too_many_ids_have_their_own_code(box: Box) -> None:
    answer = box.get("/v2/transactions", accountId=UNKNOWN, ids=",".join([UNKNOWN] * 501))
    assert answer.json()["codeDescription"] == "IDS_PARAMETER_EXCEEDS_MAX_LENGTH"


def test_creation_time_and_first_day_exclude_each_other(box: Box) -> None:
    days = {"dateFrom": "2026-01-01", "createdAtFrom": "2026-01-01"}
    assert "createdAtFrom" in message(box.get("/v2/transactions", accountId=UNKNOWN, **days))


def test_v1_can_be_gone(box: Box, account: dict) -> None:
    box.switch(v1TransactionsGone=True)
    assert box.get("/transactions", accountId=account["id"]).status_code == 410
    assert box.get("/v2/transactions", accountId=account["id"]).status_code == 200


def test_v1_pages_are_as_small_as_asked(box: Box, account: dict) -> None:
    page = box.get("/transactions", accountId=account["id"], pageSize=20, page=2).json()
    assert (page["page"], len(page["results"])) == (2, 20)
    assert message(box.get("/transactions", accountId=account["id"], pageSize=501))


def test_a_bill_finds_its_rows(box: Box) -> None:
    card = box.account(box.connected()["id"], "CREDIT")
    bill = box.get("/bills", accountId=card["id"]).json()["results"][1]
    rows = box.get("/transactions", accountId=card["id"], billId=bill["id"]).json()["results"]
    assert rows
    assert {row["creditCardMetadata"]["billId"] for row in rows} == {bill["id"]}


def test_a_category_is_set_by_its_id(box: Box, account: dict) -> None:
    row = box.all_transactions(account["id"])[0]
    changed = box.patch(f"/transactions/{row['id']}", {"categoryId": "10000000"}).json()
    assert (changed["categoryId"], changed["category"]) == ("10000000", "Groceries")
    assert box.get(f"/transactions/{row['id']}").json() == changed


def test_a_wrong_category_or_row_is_refused(box: Box, account: dict) -> None:
    row = box.all_transactions(account["id"])[0]
    path = f"/transactions/{row['id']}"
    assert box.patch(path, {}).status_code == 400
    assert box.patch(path, {"categoryId": "1"}).json()["codeDescription"] == "CATEGORY_NOT_FOUND"
    assert box.patch(f"/transactions/{UNKNOWN}", {"categoryId": "1"}).json()["codeDescription"] == (
        "TRANSACTION_NOT_FOUND"
    )


def test_an_item_without_the_product_has_no_rows(box: Box) -> None:
    item = box.connected(products=["ACCOUNTS"])
    assert box.all_transactions(box.account(item["id"])["id"]) == []
