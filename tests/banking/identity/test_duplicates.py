"""Rows that a person says are one stay one, whatever the bank does next, until the person takes it back."""

import pytest
from tests.banking.identity.cards import Card, row, vendor_id
from tests.builders import make_account, make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import listing
from financehub.banking.identity import duplicates
from financehub.banking.identity.deciding import NothingToUndo
from financehub.banking.identity.duplicates import NotTheSame
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import Account, MergedRow, Transaction
from financehub.companies.models import Company

TWO = (row("a"), row("b"))


def merge(card: Card, company: Company, by: Actor, *names: str) -> Transaction:
    return duplicates.merge(company=company, row_ids=[card.stored(name).pk for name in names], by=by)


def spent(company: Company) -> int:
    return listing.totals(company=company, filters=TransactionFilter()).out_cents


@pytest.fixture
def merged(card: Card, bakery: Company, by_ana: Actor) -> Transaction:
    """Two equal rows, the second with a note, merged."""
    card.sync(*TWO)
    card.note("b", "repetida")
    return merge(card, bakery, by_ana, "a", "b")


def test_one_is_seen_and_counted_with_what_was_written_on_any(
    card: Card, merged: Transaction, bakery: Company
) -> None:
    assert merged.pluggy_id == vendor_id("b")
    assert card.notes() == {str(vendor_id("b")): "repetida"}
    assert spent(bakery) == 5000


def test_the_next_syncs_bring_nothing_back(card: Card, merged: Transaction, bakery: Company) -> None:
    for rows in (TWO, (row("a", description="PADARIA DO ZE"), row("b"))):
        receipt = card.sync(*rows)
        assert (receipt.new, receipt.returned) == (0, 0)
        assert (len(card.notes()), spent(bakery)) == (1, 5000)


def test_new_ids_for_both_bring_nothing_back(card: Card, merged: Transaction, bakery: Company) -> None:
    card.sync(row("a2"), row("b2"))
    assert (list(card.notes().values()), spent(bakery), card.cases()) == (["repetida"], 5000, [])


def test_a_new_id_for_the_hidden_one_brings_nothing_back(
    card: Card, merged: Transaction, bakery: Company
) -> None:
    card.sync(row("a2"), row("b"))
    assert (list(card.notes()), spent(bakery)) == ([str(vendor_id("b"))], 5000)


def test_where_the_bank_keeps_the_hidden_one_it_is_the_one_that_is_seen(
    card: Card, merged: Transaction, bakery: Company
) -> None:
    card.sync(row("a"))
    assert (card.notes(), spent(bakery)) == ({str(vendor_id("a")): "repetida"}, 5000)
    assert card.stored("a").pk == merged.pk
    card.sync(row("a"))
    assert (card.notes(), spent(bakery)) == ({str(vendor_id("a")): "repetida"}, 5000)


def test_where_the_bank_drops_the_hidden_one_the_other_stays(
    card: Card, merged: Transaction, bakery: Company
) -> None:
    card.sync(row("b"))
    assert (card.notes(), spent(bakery)) == ({str(vendor_id("b")): "repetida"}, 5000)


def test_taking_it_back_gives_each_row_its_own(card: Card, bakery: Company, by_ana: Actor) -> None:
    card.sync(*TWO)
    first = card.note("a", "fica")
    card.stored("b")
    Transaction.objects.of(bakery).filter(pluggy_id=vendor_id("b")).update(own_category_id="05000000")
    kept = merge(card, bakery, by_ana, "a", "b")
    assert (kept.pk, kept.own_note, kept.own_category_id) == (first.pk, "fica", "05000000")
    duplicates.part(row=card.stored("b"), by=by_ana)
    assert (card.stored("a").own_category_id, card.stored("b").own_category_id) == (None, "05000000")
    assert spent(bakery) == 10000
    assert not MergedRow.objects.of(bakery).exists()
    actions = AuditLog.objects.filter(company_id=bakery.pk).values_list("action", flat=True)
    assert {"company.transactions_merged", "company.transactions_parted"} <= set(actions)
    with pytest.raises(NothingToUndo):
        duplicates.part(row=card.stored("b"), by=by_ana)


def test_restoring_a_hidden_one_parts_it(
    card: Card, merged: Transaction, bakery: Company, by_ana: Actor
) -> None:
    duplicates.restore(row=card.stored("a"), by=by_ana)
    assert (spent(bakery), MergedRow.objects.of(bakery).count()) == (10000, 0)


def test_a_third_joins_the_other_two(card: Card, merged: Transaction, bakery: Company, by_ana: Actor) -> None:
    card.sync(*TWO, row("c", day=9))
    older = card.note("c", "terceira")
    kept = merge(card, bakery, by_ana, "b", "c")
    assert (kept.pk, spent(bakery)) == (merged.pk, 5000)
    assert {one.into_id for one in MergedRow.objects.of(bakery)} == {merged.pk}
    assert older.pk != kept.pk


def test_a_row_by_hand_gives_way_to_the_banks_and_its_account_is_put_right(
    card: Card, bakery: Company, by_ana: Actor
) -> None:
    card.sync(row("a"))
    purse = make_account(company=bakery, is_manual=True, balance_cents=-5000)
    by_hand = make_transaction(account=purse, source="manual", amount_cents=-5000, type="DEBIT")
    kept = duplicates.merge(company=bakery, row_ids=[by_hand.pk, card.stored("a").pk], by=by_ana)
    assert kept.pluggy_id == vendor_id("a")
    assert Account.objects.of(bakery).get(pk=purse.pk).balance_cents == 0


@pytest.mark.parametrize("case", ["one", "hidden", "direction", "currency", "foreign"])
def test_what_cannot_be_one_movement_is_refused(
    card: Card, bakery: Company, by_ana: Actor, carla: object, case: str
) -> None:
    card.sync(*TWO)
    ids = [card.stored("a").pk, card.stored("b").pk]
    account = card.account
    others = {
        "hidden": lambda: make_transaction(account=account, deleted_at=card.stored("a").created_at).pk,
        "direction": lambda: make_transaction(account=account, amount_cents=100).pk,
        "currency": lambda: make_transaction(account=account, currency="USD").pk,
        "foreign": lambda: make_transaction().pk,
        "one": lambda: ids[0],
    }
    with pytest.raises(NotTheSame):
        duplicates.merge(company=bakery, row_ids=[ids[0], others[case]()], by=by_ana)
    assert not MergedRow.objects.across_companies().exists()
