"""Loans."""

from tests.pluggy_sandbox.box import Box


def test_loans_come_in_one_page_and_alone(box: Box) -> None:
    item = box.connected()
    page = box.get("/loans", itemId=item["id"]).json()
    assert page["total"] == len(page["results"]) > 0
    assert box.get(f"/loans/{page['results'][0]['id']}").json() == page["results"][0]


def test_an_unknown_loan_is_not_found(box: Box) -> None:
    assert box.get("/loans/x").json()["codeDescription"] == "LOAN_NOT_FOUND"
    assert box.get("/loans").status_code == 400
