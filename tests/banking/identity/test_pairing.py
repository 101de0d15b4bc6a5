"""Own transfers and bill payments: found by evidence, left out of income and expense, undone for good."""

from datetime import timedelta
from typing import Any

import pytest
from tests.builders import make_account, make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import reports
from financehub.banking.identity import deciding, inbox, pairing
from financehub.banking.identity.deciding import NothingToUndo, NotOffered
from financehub.banking.models import Account, ReviewCase, Transaction, TransferPair
from financehub.companies.models import Company
from financehub.core import clock, locks


@pytest.fixture
def checking(bakery: Company) -> Account:
    return make_account(company=bakery, document_index="ana")


@pytest.fixture
def savings(bakery: Company) -> Account:
    return make_account(company=bakery, document_index="ana")


def sent(account: Account, **fields: object) -> Transaction:
    return make_transaction(
        account=account, amount_cents=-10000, **{"counterparty_index": "ana", "description": "PIX", **fields}
    )


def received(account: Account, **fields: object) -> Transaction:
    return make_transaction(
        account=account, amount_cents=10000, **{"counterparty_index": "ana", "description": "PIX", **fields}
    )


def test_documents_of_both_ends_make_a_pair(bakery: Company, checking: Account, savings: Account) -> None:
    out, into = sent(checking), received(savings)
    assert pairing.pair_all(company_id=bakery.pk) == 1
    pair = TransferPair.objects.of(bakery).get()
    assert (pair.sent_id, pair.received_id, pair.kind) == (out.pk, into.pk, "transfer")
    assert pair.reasons == ["receiver_is_owner", "payer_is_owner", "same_day"]
    assert AuditLog.objects.get(action="open_finance.transfers_paired").facts == {"pairs": 1}
    assert pairing.pair_all(company_id=bakery.pk) == 0


def test_equal_amounts_alone_make_none(bakery: Company, checking: Account, savings: Account) -> None:
    sent(checking, counterparty_index="shop")
    received(savings, counterparty_index=None)
    assert pairing.pair_all(company_id=bakery.pk) == 0


def test_a_pair_is_neither_earned_nor_spent(bakery: Company, checking: Account, savings: Account) -> None:
    sent(checking)
    into = received(savings)
    month = reports.months(bakery)[-1]
    assert (month.income_cents, month.expense_cents) == (10000, 10000)
    pairing.pair_all(company_id=bakery.pk)
    month = reports.months(bakery)[-1]
    assert (month.income_cents, month.expense_cents) == (0, 0)
    Transaction.objects.of(bakery).filter(pk=into.pk).update(withdrawn_at=clock.now())
    assert reports.months(bakery)[-1].expense_cents == 10000


def test_a_bill_payment_pairs_bank_and_card(bakery: Company, checking: Account) -> None:
    card = make_account(company=bakery, type="CREDIT", item=checking.item)
    make_transaction(account=checking, amount_cents=-99000, description="PAGTO FATURA CARTAO")
    make_transaction(account=card, amount_cents=99000, description="Pagamento recebido")
    assert pairing.pair_all(company_id=bakery.pk) == 1
    assert TransferPair.objects.of(bakery).get().kind == "bill_payment"


def test_a_parted_pair_is_never_made_again(
    bakery: Company, checking: Account, savings: Account, by_ana: Actor
) -> None:
    sent(checking)
    received(savings)
    pairing.pair_all(company_id=bakery.pk)
    pairing.part(pair=TransferPair.objects.of(bakery).get(), by=by_ana)
    assert pairing.pair_all(company_id=bakery.pk) == 0
    assert AuditLog.objects.get(action="open_finance.transfer_parted").actor_id == by_ana.id


def test_several_that_fit_are_asked_about_once_and_the_answer_can_be_taken_back(
    bakery: Company, checking: Account, savings: Account, by_ana: Actor
) -> None:
    out, one, _ = sent(checking), received(savings), received(savings)
    assert pairing.pair_all(company_id=bakery.pk) == pairing.pair_all(company_id=bakery.pk) == 0
    case = ReviewCase.objects.of(bakery).get()
    pair = pairing.choose(case=case, sent_id=out.pk, received_id=one.pk, by=by_ana)
    assert (pair.decided_by, pair.reasons[-1]) == ("person", "person")
    case.refresh_from_db()
    assert deciding.reopen(case=case, by=by_ana).status == "OPEN"
    assert not TransferPair.objects.of(bakery).exists()


def test_what_is_not_offered_cannot_be_chosen(
    bakery: Company, checking: Account, savings: Account, by_ana: Actor
) -> None:
    out, _, _ = sent(checking), received(savings), received(savings)
    pairing.pair_all(company_id=bakery.pk)
    case = ReviewCase.objects.of(bakery).get()
    with pytest.raises(NothingToUndo):
        pairing.choose(case=case, sent_id=out.pk, received_id=out.pk, by=by_ana)


def test_what_another_answer_has_taken_is_neither_offered_nor_chosen(
    bakery: Company, checking: Account, savings: Account, by_ana: Actor
) -> None:
    outs = [sent(checking), sent(checking)]
    into, other = received(savings), received(savings)
    pairing.pair_all(company_id=bakery.pk)
    cases = {case.subject: case for case in ReviewCase.objects.of(bakery)}
    pairing.choose(case=cases[str(outs[0].pk)], sent_id=outs[0].pk, received_id=into.pk, by=by_ana)
    (question,) = inbox.inbox(bakery).questions
    assert [offer.row.pk for asked in question.asked for offer in asked.offers] == [other.pk]
    late = cases[str(outs[1].pk)]
    with pytest.raises(NotOffered):
        pairing.choose(case=late, sent_id=outs[1].pk, received_id=into.pk, by=by_ana)
    late.refresh_from_db()
    assert (late.status, TransferPair.objects.of(bakery).count()) == ("OPEN", 1)


def test_a_question_whose_every_answer_is_taken_waits_for_nobody(
    bakery: Company, checking: Account, savings: Account, by_ana: Actor
) -> None:
    outs = [sent(checking), sent(checking)]
    into = received(savings)
    pairing.pair_all(company_id=bakery.pk)
    cases = {case.subject: case for case in ReviewCase.objects.of(bakery)}
    assert inbox.waiting(bakery) == 2
    pair = pairing.choose(case=cases[str(outs[0].pk)], sent_id=outs[0].pk, received_id=into.pk, by=by_ana)
    assert inbox.waiting(bakery) == 0
    other = cases[str(outs[1].pk)]
    other.refresh_from_db()
    assert (other.status, other.decided_by) == ("CLOSED", None)
    pairing.part(pair=pair, by=by_ana)
    pairing.pair_all(company_id=bakery.pk)  # what is left is sure now
    assert TransferPair.objects.of(bakery).get().sent_id == outs[1].pk


def test_days_apart_are_no_pair(bakery: Company, checking: Account, savings: Account) -> None:
    sent(checking, date=clock.today() - timedelta(days=5))
    received(savings)
    assert pairing.pair_all(company_id=bakery.pk) == 0


def test_what_somebody_hid_between_judging_and_writing_is_not_paired(
    bakery: Company, checking: Account, savings: Account
) -> None:
    out, _ = sent(checking), received(savings)
    found = pairing._judged(pairing._sides(bakery.pk), set())
    assert len(found) == 1
    Transaction.objects.of(bakery).filter(pk=out.pk).update(deleted_at=clock.now())
    assert pairing._pair(bakery.pk, found) == 0
    assert not TransferPair.objects.of(bakery).exists()


def test_while_one_worker_pairs_a_company_another_leaves_it_alone(
    bakery: Company, checking: Account, savings: Account
) -> None:
    sent(checking)
    received(savings)
    holder = locks.try_acquire(f"pairing:{bakery.pk}", seconds=60)
    assert pairing.pair_all(company_id=bakery.pk) == 0
    locks.release(f"pairing:{bakery.pk}", str(holder))
    assert pairing.pair_all(company_id=bakery.pk) == 1


def test_many_pairs_are_written_a_few_at_a_time(
    bakery: Company, checking: Account, savings: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer: a person who signs in meanwhile must not wait for all of them."""
    monkeypatch.setattr(pairing, "AT_ONCE", 1)
    today = clock.today()
    for days in (0, 20, 40):
        sent(checking, date=today - timedelta(days=days))
        received(savings, date=today - timedelta(days=days))
    assert pairing.pair_all(company_id=bakery.pk) == 3
    written = AuditLog.objects.filter(action="open_finance.transfers_paired")
    assert [row.facts for row in written] == [{"pairs": 1}] * 3


def test_of_very_many_that_fit_a_person_is_offered_ten(
    bakery: Company, checking: Account, savings: Account
) -> None:
    sent(checking)
    for _ in range(12):
        received(savings)
    pairing.pair_all(company_id=bakery.pk)
    case = ReviewCase.objects.of(bakery).get()
    assert pairing._candidates(case).count() == 10


def test_many_questions_at_once_hold_the_database_for_a_few_statements(
    bakery: Company, checking: Account, savings: Account, django_assert_max_num_queries: Any
) -> None:
    for _ in range(pairing.AT_ONCE):
        sent(checking)
        received(savings)
    with django_assert_max_num_queries(40):
        assert pairing.pair_all(company_id=bakery.pk) == 0
    assert ReviewCase.objects.of(bakery).count() == pairing.AT_ONCE
    assert pairing.pair_all(company_id=bakery.pk) == 0
    assert ReviewCase.objects.of(bakery).count() == pairing.AT_ONCE
