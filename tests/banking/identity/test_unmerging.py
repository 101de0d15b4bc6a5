"""Two accounts that a person had merged are two again: each with its rows, its place at the bank and its edits."""

import pytest
from tests.banking.identity.cards import Card, connect_card, row, vendor_id

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking.identity import deciding, merging, unmerging
from financehub.banking.identity.deciding import NothingToUndo
from financehub.banking.identity.readers import AccountIsRead
from financehub.banking.models import Account, ReviewCase, Sync, Transaction
from financehub.companies.models import Company
from financehub.core import clock

FIRST = (row("a", day=5), row("e1", day=9, order=1), row("e2", day=9, order=2), row("gone", day=20, amount=9))
SECOND = (row("A", day=5), row("E1", day=9, order=5), row("E2", day=9, order=6), row("new", day=2, amount=77))


@pytest.fixture
def second(card: Card, bakery: Company) -> Card:
    """The bank connected once more: other ids for everything."""
    card.sync(*FIRST)
    card.note("a", "um")
    card.note("gone", "sumiu")
    again = connect_card(bakery)
    again.sync(*SECOND)
    return again


@pytest.fixture
def merged(second: Card, bakery: Company, by_ana: Actor) -> ReviewCase:
    case = ReviewCase.objects.of(bakery).get(kind="same_account")
    merging.merge(case=case, by=by_ana)
    return case


def seen(company: Company) -> set[tuple[object, ...]]:
    """Every row that is there: its account's Item, the bank's id, its note and whether it is visible."""
    rows = Transaction.objects.of(company).select_related("account")
    return {(it.account.item_id, str(it.pluggy_id), it.own_note, it.withdrawn_at is None) for it in rows}


def test_everything_is_as_it_was_before(second: Card, bakery: Company, by_ana: Actor) -> None:
    rows = seen(bakery)
    ids = set(Transaction.objects.of(bakery).values_list("pk", flat=True))
    places = set(Account.objects.of(bakery).values_list("pk", "item_id", "pluggy_id", "read_from", "name"))
    case = ReviewCase.objects.of(bakery).get(kind="same_account")
    merging.merge(case=case, by=by_ana)
    assert seen(bakery) != rows
    unmerging.undo(case=case, by=by_ana)
    assert seen(bakery) == rows
    assert set(Transaction.objects.of(bakery).values_list("pk", flat=True)) == ids
    after = set(Account.objects.of(bakery).values_list("pk", "item_id", "pluggy_id", "read_from", "name"))
    assert after == places


def test_later_syncs_of_both_find_their_own_rows_and_do_not_ask_again(
    card: Card, second: Card, merged: ReviewCase, bakery: Company, by_ana: Actor
) -> None:
    unmerging.undo(case=merged, by=by_ana)
    for side, rows in ((card, FIRST), (second, SECOND)):
        receipt = side.sync(*rows)
        assert (receipt.new, receipt.withdrawn, receipt.unchanged) == (0, 0, 4)
    assert not ReviewCase.objects.of(bakery).open().exists()
    merging.offer(Account.objects.of(bakery).select_related("item").get(item=second.item))
    assert not ReviewCase.objects.of(bakery).open().exists()


def test_what_came_since_goes_with_the_connection_that_brought_it(
    second: Card, merged: ReviewCase, bakery: Company, by_ana: Actor
) -> None:
    second.sync(*SECOND, row("later", day=1, amount=55))
    unmerging.undo(case=merged, by=by_ana)
    came = Transaction.objects.of(bakery).get(pluggy_id=vendor_id("later"))
    assert came.account.item_id == second.item.pk


def test_an_id_that_changed_since_is_the_others(
    card: Card, second: Card, merged: ReviewCase, bakery: Company, by_ana: Actor
) -> None:
    second.sync(row("A2", day=5), *SECOND[1:])
    unmerging.undo(case=merged, by=by_ana)
    noted = Transaction.objects.of(bakery).get(own_note="um")
    assert (noted.pluggy_id, noted.account.item_id) == (vendor_id("a"), card.item.pk)
    other = Transaction.objects.of(bakery).get(pluggy_id=vendor_id("A2"))
    assert (other.account.item_id, other.former_ids.count()) == (second.item.pk, 1)


def test_it_is_in_the_trail_and_happens_once(merged: ReviewCase, bakery: Company, by_ana: Actor) -> None:
    unmerging.undo(case=merged, by=by_ana)
    entry = AuditLog.objects.get(action="open_finance.accounts_parted")
    assert (entry.actor_id, entry.company_id) == (by_ana.id, bakery.pk)
    with pytest.raises(NothingToUndo):
        unmerging.undo(case=merged, by=by_ana)


def test_a_refusal_may_be_taken_back_and_the_two_merged_again(
    merged: ReviewCase, bakery: Company, by_ana: Actor
) -> None:
    unmerging.undo(case=merged, by=by_ana)
    deciding.reopen(case=merged, by=by_ana)
    merging.merge(case=merged, by=by_ana)
    assert Account.objects.of(bakery).count() == 1
    unmerging.undo(case=merged, by=by_ana)
    assert Account.objects.of(bakery).count() == 2


def test_it_waits_for_a_sync_that_reads_the_account(
    second: Card, merged: ReviewCase, bakery: Company, by_ana: Actor
) -> None:
    at = clock.now()
    Sync.objects.create(
        company=bakery, item=second.item, trigger="person", status="RUNNING", due_at=at, requested_at=at
    )
    with pytest.raises(AccountIsRead):
        unmerging.undo(case=merged, by=by_ana)
    assert Account.objects.of(bakery).count() == 1
