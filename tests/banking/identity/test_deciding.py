"""A person's word on a question: chosen, refused for ever, and taken back."""

import pytest
from tests.banking.identity.cards import Card, row, vendor_id
from tests.builders import make_account, make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import editing, manual
from financehub.banking.editing import Edit
from financehub.banking.identity import deciding, rebinding
from financehub.banking.identity.deciding import NothingToUndo, NotOffered
from financehub.banking.identity.rebinding import Binding
from financehub.banking.models import FormerId, Rejection, ReviewCase, Transaction
from financehub.companies.models import Company
from financehub.core import clock


@pytest.fixture
def case(card: Card) -> ReviewCase:
    """Two equal purchases came back under new ids; the first carries a note."""
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    (only,) = card.cases()
    return only


def parked(card: Card) -> Transaction:
    return Transaction.objects.of(card.item.company_id).get(own_note="presente")


def test_choosing_puts_the_edits_on_the_chosen_row(card: Card, case: ReviewCase, by_ana: Actor) -> None:
    old = parked(card)
    decided = deciding.choose(case=case, old_id=old.pk, new_id=card.stored("b2").pk, by=by_ana)
    assert decided.status == "ACCEPTED"
    assert card.notes() == {str(vendor_id("b1")): None, str(vendor_id("b2")): "presente"}
    assert card.stored("b2").pk == old.pk
    assert AuditLog.objects.get(action="open_finance.review_accepted").actor_id == by_ana.id


def test_what_was_not_offered_cannot_be_chosen(card: Card, case: ReviewCase, by_ana: Actor) -> None:
    with pytest.raises(NotOffered):
        deciding.choose(case=case, old_id=parked(card).pk, new_id=parked(card).pk, by=by_ana)


def test_a_refusal_is_remembered(card: Card, case: ReviewCase, by_ana: Actor) -> None:
    assert deciding.refuse(case=case, by=by_ana).status == "REJECTED"
    assert Rejection.objects.of(card.item.company_id).count() == 2
    card.sync(row("b1"), row("b2"), row("x", description="LIVRARIA", day=1))
    assert parked(card).withdrawn_at is not None
    assert card.cases() == []


def test_a_choice_taken_back_leaves_everything_as_it_was(card: Card, case: ReviewCase, by_ana: Actor) -> None:
    old, new_id = parked(card), card.stored("b2").pk
    deciding.choose(case=case, old_id=old.pk, new_id=new_id, by=by_ana)
    case = deciding.reopen(case=case, by=by_ana)
    assert (case.status, card.stored("b2").pk, card.stored("a1").pk) == ("OPEN", new_id, old.pk)
    assert set(card.notes()) == {str(vendor_id("b1")), str(vendor_id("b2"))}
    again = deciding.choose(case=case, old_id=old.pk, new_id=new_id, by=by_ana)
    assert (again.status, card.notes()[str(vendor_id("b2"))]) == ("ACCEPTED", "presente")


def test_a_choice_taken_back_gives_the_chosen_row_its_own_edits_again(
    card: Card, case: ReviewCase, by_ana: Actor
) -> None:
    old, new = parked(card), card.note("b2", "meu")
    deciding.choose(case=case, old_id=old.pk, new_id=new.pk, by=by_ana)
    deciding.reopen(case=case, by=by_ana)
    assert card.notes() == {str(vendor_id("b1")): None, str(vendor_id("b2")): "meu"}
    assert parked(card).pk == old.pk


@pytest.mark.parametrize("deed", ["note", "delete"])
def test_an_undone_binding_leaves_edits_on_the_row_that_they_were_made_on(
    bakery: Company, by_ana: Actor, deed: str
) -> None:
    account = make_account(company=bakery)
    old, new = make_transaction(account=account, withdrawn_at=clock.now()), make_transaction(account=account)
    if deed == "note":
        editing.edit(row=new, edit=Edit(note="meu"), by=by_ana)
    else:
        manual.delete_transaction(row=new, by=by_ana)
    new.refresh_from_db()
    rebinding.bind([Binding(old, new, 80, [])], decided_by="rule")
    deciding.part(row=old, by=by_ana)
    rows = Transaction.objects.of(bakery)
    came, parked_again = rows.get(pk=new.pk), rows.get(pk=old.pk)
    assert (came.own_note, came.deleted_at, came.edited_at) == (new.own_note, new.deleted_at, new.edited_at)
    assert (came.is_edited, parked_again.is_edited) == (True, False)
    assert (parked_again.own_note, parked_again.deleted_at) == (None, None)


def test_a_refusal_taken_back_asks_again(card: Card, case: ReviewCase, by_ana: Actor) -> None:
    deciding.refuse(case=case, by=by_ana)
    assert deciding.reopen(case=case, by=by_ana).status == "OPEN"
    assert not Rejection.objects.of(card.item.company_id).exists()


def test_an_open_question_has_nothing_to_take_back(case: ReviewCase, by_ana: Actor) -> None:
    with pytest.raises(NothingToUndo):
        deciding.reopen(case=case, by=by_ana)


def test_an_automatic_binding_can_be_undone_and_is_never_made_again(card: Card, by_ana: Actor) -> None:
    card.sync(row("a", amount=47.3), row("x", day=2))
    known = card.note("a", "curso")
    card.sync(row("b", amount=48), row("x", day=2))
    known.refresh_from_db()
    deciding.part(row=known, by=by_ana)
    known.refresh_from_db()
    assert (known.pluggy_id, known.amount_cents, known.own_note) == (vendor_id("a"), -4730, "curso")
    assert known.withdrawn_at is not None
    card.sync()
    assert card.notes() == {str(vendor_id("b")): None, str(vendor_id("x")): None}
    assert card.stored("b").amount_cents == -4800
    assert not FormerId.objects.of(card.item.company_id).exists()


def test_what_was_never_bound_has_nothing_to_undo(card: Card, by_ana: Actor) -> None:
    card.sync(row("a"))
    with pytest.raises(NothingToUndo):
        deciding.part(row=card.stored("a"), by=by_ana)
