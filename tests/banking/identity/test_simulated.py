"""The same promises against the simulator's own mutations, through HTTP."""

from typing import Any

import pytest
from tests.banking.stories import Bank, sync

from financehub.audit.recording import SYSTEM
from financehub.banking import editing
from financehub.banking.editing import Edit
from financehub.banking.models import Account, FormerId, ReviewRow, Sync, Transaction


def annotated(bank: Bank, account: Account, **wanted: Any) -> Transaction:
    """A visible row of the account with a note, one that no other row equals."""
    rows = Transaction.objects.of(bank.company).visible().filter(account=account, **wanted)
    for row in rows.order_by("-date"):
        equals = rows.filter(date=row.date, amount_cents=row.amount_cents, description=row.description)
        if equals.count() == 1:
            return editing.edit(row=row, edit=Edit(note="minha nota"), by=SYSTEM)
    raise AssertionError("no row of its own")


def read(bank: Bank, kind: str, account: Account, row: Transaction, **params: Any) -> Sync:
    """The bank changes its mind about the row, and we read everything."""
    bank.mutate(kind, account, transactionId=str(row.pluggy_id), **params)
    done = sync(bank, full=True)
    assert done.adds_up
    assert done.known_before == done.changed + done.unchanged + done.withdrawn
    return done


@pytest.mark.parametrize(
    ("kind", "params"),
    [("rekey", {}), ("rekey", {"description": "OUTRO NOME LTDA"}), ("redate", {"days": 3})],
)
def test_a_card_row_under_a_new_id_keeps_its_note(
    synced_bank: Bank, kind: str, params: dict[str, Any]
) -> None:
    card = synced_bank.account("CREDIT")
    row = annotated(synced_bank, card, status="POSTED")
    before = row.pluggy_id
    done = read(synced_bank, kind, card, row, **params)
    row.refresh_from_db()
    assert (row.own_note, row.withdrawn_at) == ("minha nota", None)
    assert row.pluggy_id != before
    assert FormerId.objects.of(synced_bank.company).get().pluggy_id == before
    assert (done.returned, done.withdrawn) == (1, 1)


def test_a_pending_row_posted_under_a_new_id_is_one_row(synced_bank: Bank) -> None:
    card = synced_bank.account("CREDIT")
    row = annotated(synced_bank, card, status="PENDING")
    read(synced_bank, "post_rekeyed", card, row)
    row.refresh_from_db()
    assert (row.own_note, row.status, row.withdrawn_at) == ("minha nota", "POSTED", None)


def test_a_twin_that_appears_while_the_row_is_rekeyed_is_asked_about(synced_bank: Bank) -> None:
    card = synced_bank.account("CREDIT")
    row = annotated(synced_bank, card, status="POSTED")
    synced_bank.mutate("twin", card, transactionId=str(row.pluggy_id))
    read(synced_bank, "rekey", card, row)
    row.refresh_from_db()
    assert (row.own_note, row.withdrawn_at is None) == ("minha nota", False)
    offers = ReviewRow.objects.of(synced_bank.company).filter(of=row, role="candidate", score__gt=60)
    assert offers.count() == 2


def test_a_row_that_vanished_and_returned_is_itself(synced_bank: Bank) -> None:
    card = synced_bank.account("CREDIT")
    row = annotated(synced_bank, card, status="POSTED")
    read(synced_bank, "delete", card, row)
    synced_bank.mutate("return", card)
    sync(synced_bank, full=True)
    row.refresh_from_db()
    assert (row.own_note, row.withdrawn_at) == ("minha nota", None)
    assert not FormerId.objects.of(synced_bank.company).exists()
