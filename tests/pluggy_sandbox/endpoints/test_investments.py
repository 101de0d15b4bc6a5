"""Investments and their movements."""

from tests.pluggy_sandbox.box import Box


def test_investments_are_filtered_and_read_alone(box: Box) -> None:
    item = box.connected()
    rows = box.get("/investments", itemId=item["id"]).json()["results"]
    assert rows
    kind = rows[0]["type"]
    assert {
        row["type"] for row in box.get("/investments", itemId=item["id"], type=kind).json()["results"]
    } == {kind}
    assert box.get(f"/investments/{rows[0]['id']}").json() == rows[0]


def test_movements_hang_on_an_investment(box: Box) -> None:
    item = box.connected()
    rows = box.get("/investments", itemId=item["id"]).json()["results"]
    movements = [box.get(f"/investments/{row['id']}/transactions").json() for row in rows]
    assert any(page["results"] for page in movements)


def test_an_unknown_investment_is_not_found(box: Box) -> None:
    assert box.get("/investments/x").json()["codeDescription"] == "INVESTMENT_NOT_FOUND"
    assert box.get("/investments/x/transactions").json()["codeDescription"] == "INVESTMENT_NOT_FOUND"


def test_an_item_without_the_product_has_none(box: Box) -> None:
    item = box.connected(products=["ACCOUNTS"])
    assert box.get("/investments", itemId=item["id"]).json()["total"] == 0
