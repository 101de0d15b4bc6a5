"""Rows that come back under another id: what is bound, what is asked, what the receipt says."""

import pytest
from tests.banking.identity.cards import Card, row, vendor_id

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM
from financehub.banking import manual, withdrawing
from financehub.banking.models import FormerId, ReviewRow, Sync, Transaction


def adds_up(sync: Sync) -> bool:
    return sync.adds_up and sync.known_before == sync.changed + sync.unchanged + sync.withdrawn


def test_a_row_under_a_new_id_stays_the_row_that_a_person_knows(card: Card) -> None:
    card.sync(row("a"), row("other", description="LIVRARIA", day=3))
    known = card.note("a", "reembolsar")
    sync = card.sync(row("b"), row("other", description="LIVRARIA", day=3))
    assert card.stored("b").pk == known.pk
    assert card.notes() == {str(vendor_id("b")): "reembolsar", str(vendor_id("other")): None}
    assert (sync.new, sync.returned, sync.withdrawn, sync.unchanged) == (0, 1, 1, 1)
    assert adds_up(sync)


def test_the_former_id_is_kept_with_its_reasons_score_and_what_changed(card: Card) -> None:
    card.sync(row("a"))
    card.sync(row("b", amount=52))
    former = FormerId.objects.of(card.item.company_id).get()
    assert (former.pluggy_id, former.replaced_by) == (vendor_id("a"), vendor_id("b"))
    assert former.reasons == ["close_amount", "same_day", "same_text"]
    assert former.changes == {"amount_cents": [-5000, -5200]}
    assert former.decided_by == "rule"
    assert AuditLog.objects.get(action="open_finance.transactions_rebound").facts == {"rows": 1}


def test_equal_rows_with_an_edit_become_one_question_with_the_edit_safe(card: Card) -> None:
    card.sync(row("a1"), row("a2"))
    parked = card.note("a1", "presente")
    sync = card.sync(row("b1"), row("b2"))
    (case,) = card.cases()
    candidates = ReviewRow.objects.of(card.item.company_id).filter(case=case, role="candidate")
    assert {it.transaction.pluggy_id for it in candidates} == {vendor_id("b1"), vendor_id("b2")}
    assert set(card.notes().values()) == {None}
    parked.refresh_from_db()
    assert (parked.own_note, parked.withdrawn_at is None) == ("presente", False)
    assert (sync.new, sync.queued, sync.withdrawn) == (0, 2, 2)
    assert adds_up(sync)


def test_equal_rows_without_edits_raise_no_question(card: Card) -> None:
    card.sync(row("a1"), row("a2"))
    sync = card.sync(row("b1"), row("b2"))
    assert (card.cases(), len(card.notes()), sync.new, adds_up(sync)) == ([], 2, 2, True)


def test_a_question_answers_itself_when_the_bank_shows_the_rows_again(card: Card) -> None:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente")
    card.sync(row("b1"), row("b2"))
    card.sync(row("a1"), row("a2"))
    assert card.cases() == []
    assert card.notes()[str(vendor_id("a1"))] == "presente"


def test_a_pending_row_is_absorbed_by_its_posting_under_a_new_id(card: Card) -> None:
    card.sync(row("a", amount=47.3, status="PENDING"))
    known = card.note("a", "posto")
    card.sync(row("b", amount=47.3, status="POSTED", day=8))
    assert card.stored("b").pk == known.pk
    assert Transaction.objects.of(card.item.company_id).visible().count() == 1
    assert "posted" in FormerId.objects.of(card.item.company_id).get().reasons


def test_what_a_person_deleted_stays_deleted_under_a_new_id(card: Card) -> None:
    card.sync(row("a"))
    manual.delete_transaction(row=card.stored("a"), by=SYSTEM)
    card.sync(row("b"))
    assert card.notes() == {}
    assert card.stored("b").deleted_at is not None


def test_a_parcela_follows_its_purchase_to_another_month(card: Card) -> None:
    bought = {"installmentNumber": 2, "totalInstallments": 6, "purchaseDate": "2026-05-02T00:00:00.000Z"}
    card.sync(row("a", day=40, creditCardMetadata=bought), row("x", day=1))
    known = card.note("a", "geladeira")
    card.sync(row("b", day=12, description="OUTRO NOME", creditCardMetadata=bought), row("x", day=1))
    assert card.stored("b").pk == known.pk


def test_another_parcela_of_the_same_purchase_is_another_row(card: Card) -> None:
    first = {"installmentNumber": 1, "totalInstallments": 6, "purchaseDate": "2026-05-02T00:00:00.000Z"}
    card.sync(row("a", creditCardMetadata=first), row("x", day=1))
    known = card.note("a", "geladeira")
    card.sync(row("b", creditCardMetadata=first | {"installmentNumber": 2}), row("x", day=1))
    assert card.stored("b").pk != known.pk


def test_rows_that_the_bank_showed_together_are_never_one(card: Card) -> None:
    card.sync(row("a", day=10), row("b", day=10, amount=50.01))
    known = card.note("a", "almoco")
    card.sync(row("b", day=10, amount=50.01))
    assert card.stored("b").pk != known.pk
    assert card.notes() == {str(vendor_id("b")): None}


def test_a_notice_of_deletion_after_the_new_row_binds_at_once(card: Card) -> None:
    card.sync(row("a", day=30), row("x", day=1))
    known = card.note("a", "curso")
    card.sync(row("a", day=30), row("x", day=1), full=False)
    card.show(row("b", day=30), row("x", day=1))
    card.sync(full=False)
    assert card.stored("b").pk != known.pk
    withdrawing.withdraw(account=card.account, pluggy_ids=[vendor_id("a")])
    assert card.stored("b").pk == known.pk
    assert card.notes()[str(vendor_id("b"))] == "curso"


def test_a_notice_of_deletion_before_the_new_row_binds_when_it_comes(card: Card) -> None:
    card.sync(row("a"), row("x", day=1))
    known = card.note("a", "curso")
    withdrawing.withdraw(account=card.account, pluggy_ids=[vendor_id("a")])
    card.sync(row("b"), row("x", day=1))
    assert card.stored("b").pk == known.pk


def test_a_row_that_takes_its_first_id_back_is_still_the_same(card: Card) -> None:
    card.sync(row("a", amount=47.3))
    known = card.note("a", "curso")
    card.sync(row("b", amount=47.3, description="OUTRO"))
    card.sync(row("a", amount=47.3))
    assert card.stored("a").pk == known.pk
    former = FormerId.objects.of(card.item.company_id).get()
    assert (former.pluggy_id, former.reasons) == (vendor_id("b"), ["former_id"])


def test_edits_on_both_sides_are_for_a_person(card: Card) -> None:
    card.sync(row("a", day=30), row("x", day=1))
    card.note("a", "um")
    card.show(row("b", day=30), row("x", day=1))
    card.sync(full=False)
    card.note("b", "outro")
    withdrawing.withdraw(account=card.account, pluggy_ids=[vendor_id("a")])
    assert len(card.cases()) == 1
    assert card.notes()[str(vendor_id("b"))] == "outro"


@pytest.mark.parametrize("repeats", [1, 3])
def test_reading_the_same_again_writes_nothing(card: Card, repeats: int) -> None:
    card.sync(row("a"))
    card.sync(row("b"))
    before = FormerId.objects.of(card.item.company_id).count()
    for _ in range(repeats):
        sync = card.sync()
        assert (sync.new, sync.changed, sync.returned, sync.withdrawn) == (0, 0, 0, 0)
    assert FormerId.objects.of(card.item.company_id).count() == before
