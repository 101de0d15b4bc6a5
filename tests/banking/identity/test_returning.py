"""Rows that come back when nobody expects them."""

from tests.banking.identity.cards import Card, row, vendor_id

from financehub.banking.models import FormerId, ReviewRow


def test_an_id_that_comes_back_beside_its_successor_undoes_the_binding(card: Card) -> None:
    card.sync(row("a"), row("x", day=2))
    known = card.note("a", "curso")
    card.sync(row("twin"), row("x", day=2))
    assert card.stored("twin").pk == known.pk
    sync = card.sync(row("a"), row("twin"), row("x", day=2))
    assert card.stored("a").pk == known.pk
    assert card.notes() == {
        str(vendor_id("a")): "curso",
        str(vendor_id("twin")): None,
        str(vendor_id("x")): None,
    }
    assert not FormerId.objects.of(card.item.company_id).exists()
    assert (sync.new, sync.returned, sync.adds_up) == (0, 1, True)
    assert card.sync().unchanged == 3


def test_a_candidate_that_had_gone_is_offered_when_it_is_back(card: Card) -> None:
    card.sync(row("a1"), row("a2"), row("x", day=2, description="LIVRARIA"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"), row("x", day=2, description="LIVRARIA"))
    (case,) = card.cases()
    ReviewRow.objects.of(card.item.company_id).filter(transaction=card.stored("b2")).delete()
    card.sync(row("b1"), row("x", day=2, description="LIVRARIA"))
    card.sync(row("b1"), row("b2"), row("x", day=2, description="LIVRARIA"))
    offers = ReviewRow.objects.of(card.item.company_id).filter(case=case, role="candidate")
    assert card.stored("b2").pk in set(offers.values_list("transaction_id", flat=True))
