"""Finding data by id, and only what was collected."""

import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox import reads
from pluggy_sandbox.errors import NotFound


def test_rows_know_their_item(box: Box) -> None:
    item = box.connected()
    account = box.account(item["id"])
    owned = reads.account(box.world.state, account["id"])
    assert (owned.item.id, owned.row["id"]) == (item["id"], account["id"])


def test_only_collected_products_are_shown(box: Box) -> None:
    item = box.world.get_item(box.connected(products=["CREDIT_CARDS"])["id"])
    assert {row["type"] for row in reads.accounts_of(item)} == {"CREDIT"}
    assert (reads.investments_of(item), reads.loans_of(item), reads.identity_of(item)) == ([], [], None)


def test_a_ledger_of_nobody_is_empty(box: Box) -> None:
    assert len(reads.ledger(box.world.state, "x")) == 0


@pytest.mark.parametrize(
    "find",
    [reads.account, reads.investment, reads.loan, reads.identity, reads.bill, reads.transaction_ledger],
)
def test_unknown_ids_are_not_found(box: Box, find) -> None:
    box.connected()
    with pytest.raises(NotFound):
        find(box.world.state, "x")
