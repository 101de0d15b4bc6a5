"""What the bank changes in a row that keeps its id is kept beside it."""

from tests.banking.identity.cards import Card, row

from financehub.banking.models import TransactionChange


def test_each_change_is_kept_with_before_and_after(card: Card) -> None:
    card.sync(row("a"))
    known = card.note("a", "minha")
    card.sync(row("a", description="PADARIA CENTRAL", amount=51))
    (change,) = TransactionChange.objects.of(card.item.company_id).filter(transaction=known)
    assert change.changes == {
        "amount_cents": [-5000, -5100],
        "description": ["PADARIA", "PADARIA CENTRAL"],
    }
    assert card.stored("a").own_note == "minha"


def test_no_change_is_no_row(card: Card) -> None:
    card.sync(row("a"))
    card.sync(row("a"))
    card.sync(row("a", order=7))  # nothing a person sees
    assert not TransactionChange.objects.of(card.item.company_id).exists()
