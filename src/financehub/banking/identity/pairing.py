"""Finding a company's movements between its own places, and a person's yes, no and never again about them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q

from financehub.audit.recording import SYSTEM, Actor, Target, record
from financehub.banking.identity import transfers
from financehub.banking.identity.clues import normalised
from financehub.banking.identity.deciding import NothingToUndo, NotOffered
from financehub.banking.identity.transfers import ENOUGH, MARGIN, MOST_BILL_DAYS, Side, Verdict
from financehub.banking.models import (
    Account,
    CreditCardBill,
    Rejection,
    ReviewCase,
    ReviewRow,
    Transaction,
    TransferPair,
)
from financehub.companies.models import Company
from financehub.core import clock, crypto, events, jobs, locks
from financehub.core.documents import digits
from financehub.core.tenancy import TenantQuerySet

REACH = timedelta(days=400)
LONG_REFERENCE = 16
NEAR = [timedelta(days=days) for days in range(-MOST_BILL_DAYS, MOST_BILL_DAYS + 1)]
MOST_OFFERED = 10  # nobody can choose between more
MOST_WEIGHED = 30  # some of the likeliest may be taken by the time they are offered
AT_ONCE = 50  # pairs or questions in one transaction
LONGEST_SECONDS, AGAIN_SECONDS = 300, 10
Found = list[tuple[Side, Side, Verdict]]


class _Party(msgspec.Struct, rename="camel"):
    account_number: str | None = None


class _Payment(msgspec.Struct, rename="camel"):
    payer: _Party | None = None
    receiver: _Party | None = None
    reference_number: str | None = None


class _Details(msgspec.Struct, rename="camel"):
    payment_data: _Payment | None = None


_read_details = msgspec.json.Decoder(_Details).decode


def pair_all(*, company_id: UUID) -> int:
    """Pair what evidence makes sure, ask about what it leaves between several; how many pairs were made.

    Judging may take long and blocks nobody; writing is in short transactions, each of which looks again.
    """
    holder = locks.try_acquire(f"pairing:{company_id}", seconds=LONGEST_SECONDS)
    if holder is None:  # another judges, maybe without the newest rows
        jobs.enqueue_in(AGAIN_SECONDS, "banking.pair_transfers", company_id=str(company_id))
        return 0
    try:
        sure, doubtful = _decide(_judged(_sides(company_id), _refused(company_id)))
        made = sum(_pair(company_id, sure[at : at + AT_ONCE]) for at in range(0, len(sure), AT_ONCE))
        for at in range(0, len(doubtful), AT_ONCE):
            _ask_about(company_id, doubtful[at : at + AT_ONCE])
    finally:
        locks.release(f"pairing:{company_id}", holder)
    return made


def _pair(company_id: UUID, sure: Found) -> int:
    """Pairs of those that nobody has paired, hidden or parted meanwhile."""
    with transaction.atomic():
        still = _still(company_id, sure)
        for sent, received, verdict in still:
            _make(company_id, sent.key, received.key, verdict, TransferPair.DecidedBy.RULE)
        if still:
            target = Target("company", company_id, {"pairs": len(still)})
            record("open_finance.transfers_paired", by=SYSTEM, on=target, company_id=company_id)
            _close_answered(company_id)
            events.publish(company_id, "review", company_id)
    return len(still)


def _ask_about(company_id: UUID, doubtful: list[Found]) -> None:
    """Questions about those of whom nobody has asked or decided meanwhile."""
    likely = [option for options in doubtful for option in _likeliest(options, MOST_WEIGHED)]
    with transaction.atomic():
        by_sent: dict[UUID, Found] = defaultdict(list)
        for option in _still(company_id, likely):
            by_sent[option[0].key].append(option)
        cases = ReviewCase.objects.of(company_id).open().filter(kind=ReviewCase.Kind.TRANSFER)
        asked = set(cases.filter(subject__in=map(str, by_sent)).values_list("subject", flat=True))
        _ask(company_id, [options for key, options in by_sent.items() if str(key) not in asked])


def _likeliest(options: Found, most: int) -> Found:
    return sorted(options, key=lambda option: option[2].score, reverse=True)[:most]


def _still(company_id: UUID, found: Found) -> Found:
    """What of it holds now, nobody else deciding until the transaction ends."""
    free = _free(company_id, {side.key for sent, received, _ in found for side in (sent, received)})
    refused = _refused(company_id)
    return [
        (sent, received, verdict)
        for sent, received, verdict in found
        if {sent.key, received.key} <= free and (sent.key, received.key) not in refused
    ]


def _free(company_id: UUID, keys: set[UUID]) -> set[UUID]:
    """Those of these rows that are there and in no pair, nobody else deciding until the transaction ends."""
    Company.objects.select_for_update(no_key=True).get(pk=company_id)
    rows = Transaction.objects.of(company_id).visible().filter(pk__in=keys)
    return set(rows.filter(sent_pair__isnull=True, received_pair__isnull=True).values_list("pk", flat=True))


def part(*, pair: TransferPair, by: Actor) -> None:
    """These two are not one movement, and will never be offered again."""
    with transaction.atomic():
        Rejection.objects.bulk_create(
            [
                Rejection(
                    company_id=pair.company_id,
                    kind=ReviewCase.Kind.TRANSFER,
                    left=pair.sent_id,
                    right=pair.received_id,
                    created_at=clock.now(),
                )
            ],
            ignore_conflicts=True,
        )
        target = Target("transaction", pair.sent_id, {"kind": pair.kind})
        record("open_finance.transfer_parted", by=by, on=target, company_id=pair.company_id)
        TransferPair.objects.of(pair.company_id).filter(pk=pair.pk).delete()
        events.publish(pair.company_id, "review", pair.company_id)


def choose(*, case: ReviewCase, sent_id: UUID, received_id: UUID, by: Actor) -> TransferPair:
    """A person says which two it is. Raises NotOffered when another answer has taken one of them meanwhile."""
    with transaction.atomic():
        offer = (
            _candidates(case)
            .filter(of=sent_id, transaction=received_id)
            .select_related("transaction__account")
        )
        chosen = offer.first()
        if chosen is None or case.kind != ReviewCase.Kind.TRANSFER:
            raise NothingToUndo("that pair is not offered")
        if not _free(case.company_id, {sent_id, received_id}) >= {sent_id, received_id}:
            raise NotOffered("one of the two has gone, or is in a pair by now")
        verdict = Verdict(chosen.score, (*chosen.reasons, "person"), chosen.transaction.account.is_card)
        case.move_to(ReviewCase.Status.ACCEPTED, decided_at=clock.now(), decided_by=by.id)
        pair = _make(case.company_id, sent_id, received_id, verdict, TransferPair.DecidedBy.PERSON)
        target = Target("transaction", sent_id, {"kind": pair.kind})
        record("open_finance.transfer_confirmed", by=by, on=target, company_id=case.company_id)
        _close_answered(case.company_id)
        events.publish(case.company_id, "review", case.pk)
    return pair


def _rows(company_id: UUID) -> TenantQuerySet[Transaction]:
    """Posted rows that say something about where the money came from or went, and are in no pair."""
    accounts = Account.objects.of(company_id)
    owners = set(accounts.exclude(document_index="").values_list("document_index", flat=True))
    telling = Q(counterparty_index__in=owners)
    for prefix in (
        transfers.SAME_PERSON_CATEGORY,
        transfers.CARD_PAYMENT_CATEGORY,
        transfers.INTERNAL_CATEGORY,
    ):
        telling |= Q(category_id__startswith=prefix)
    telling |= Q(operation_type="PAGAMENTO_FATURA") | Q(description__icontains="fatura")
    telling |= Q(description__icontains="pagamento recebido")
    rows = Transaction.objects.of(company_id).visible().posted().filter(telling)
    rows = rows.filter(date__gte=clock.today() - REACH, date__lte=clock.today())
    return rows.filter(sent_pair__isnull=True, received_pair__isnull=True)


def _sides(company_id: UUID) -> list[Side]:
    accounts = {account.pk: account for account in Account.objects.of(company_id)}
    totals: dict[UUID, set[int]] = defaultdict(set)
    for key, cents in CreditCardBill.objects.of(company_id).values_list("account_id", "total_cents"):
        totals[key].add(cents)
    return [
        _side(row, accounts[row.account_id], frozenset(totals[row.account_id])) for row in _rows(company_id)
    ]


def _side(row: Transaction, account: Account, bill_totals: frozenset[int]) -> Side:
    details = _Details() if row.details is None else _read_details(crypto.unseal(bytes(row.details)))
    payment = details.payment_data or _Payment()
    other = (payment.receiver if row.amount_cents < 0 else payment.payer) or _Party()
    reference = payment.reference_number or ""
    return Side(
        key=row.pk,
        account_id=row.account_id,
        is_card=account.is_card,
        amount_cents=row.amount_cents,
        currency=row.currency,
        day=row.date,
        text=normalised(row.description),
        category_id=row.category_id or "",
        operation=row.operation_type or "",
        owner=account.document_index,
        other_owner=row.counterparty_index or "",
        account_number=_account_digits(account.number),
        other_account=_account_digits(other.account_number),
        reference=reference if len(reference) >= LONG_REFERENCE else "",
        item_id=account.item_id,
        bill_totals=bill_totals,
    )


def _account_digits(number: str | None) -> str:
    """Without the branch, which one side writes and the other does not."""
    return digits((number or "").rsplit("/", 1)[-1])


def _judged(sides: Iterable[Side], refused: set[tuple[UUID, UUID]]) -> Found:
    received: dict[tuple[int, str, date], list[Side]] = defaultdict(list)
    everyone = list(sides)
    for side in everyone:
        if side.amount_cents > 0:
            received[side.amount_cents, side.currency, side.day].append(side)
    return [
        (sent, other, verdict)
        for sent in everyone
        if sent.amount_cents < 0
        for days in NEAR
        for other in received.get((-sent.amount_cents, sent.currency, sent.day + days), ())
        if (sent.key, other.key) not in refused
        and (verdict := transfers.judge(sent, other)) is not None
        and verdict.score >= ENOUGH
    ]


def _decide(found: Found) -> tuple[Found, list[Found]]:
    """Sure where the best of both sides leads by MARGIN; where several are as good, a person's to say."""
    by_key: dict[UUID, list[int]] = defaultdict(list)
    for sent, received, verdict in found:
        by_key[sent.key].append(verdict.score)
        by_key[received.key].append(verdict.score)
    leads = {key: _lead(scores) for key, scores in by_key.items()}
    best = {key: max(scores) for key, scores in by_key.items()}
    sure = [
        (sent, received, verdict)
        for sent, received, verdict in found
        if all(best[key] == verdict.score and leads[key] >= MARGIN for key in (sent.key, received.key))
    ]
    taken = {side.key for sent, received, _ in sure for side in (sent, received)}
    doubtful: dict[UUID, Found] = defaultdict(list)
    for option in found:
        if not taken.intersection((option[0].key, option[1].key)):
            doubtful[option[0].key].append(option)
    return sure, list(doubtful.values())


def _lead(scores: list[int]) -> int:
    ranked = sorted(scores, reverse=True)
    return ranked[0] - ranked[1] if len(ranked) > 1 else ranked[0]


def _refused(company_id: UUID) -> set[tuple[UUID, UUID]]:
    refused = Rejection.objects.of(company_id).filter(kind=ReviewCase.Kind.TRANSFER)
    return set(refused.values_list("left", "right"))


def _make(
    company_id: UUID, sent_id: UUID, received_id: UUID, verdict: Verdict, decided_by: str
) -> TransferPair:
    kind = TransferPair.Kind.BILL_PAYMENT if verdict.is_bill else TransferPair.Kind.TRANSFER
    return TransferPair.objects.create(
        company_id=company_id,
        kind=kind,
        sent_id=sent_id,
        received_id=received_id,
        score=verdict.score,
        reasons=list(verdict.reasons),
        decided_by=decided_by,
        created_at=clock.now(),
    )


def _close_answered(company_id: UUID) -> None:
    """Questions that nothing is left to choose from: other answers took it, or it has gone."""
    rows = Transaction.objects.of(company_id).visible()
    free = rows.filter(sent_pair__isnull=True, received_pair__isnull=True).values("pk")
    offers = ReviewRow.objects.of(company_id).filter(
        role=ReviewRow.Role.CANDIDATE, of__in=free, transaction__in=free
    )
    cases = ReviewCase.objects.of(company_id).open().filter(kind=ReviewCase.Kind.TRANSFER)
    cases.exclude(pk__in=offers.values("case")).update(
        status=ReviewCase.Status.CLOSED, decided_at=clock.now()
    )


def _ask(company_id: UUID, questions: list[Found]) -> None:
    """A case for each, by three statements however many they are."""
    cases: list[ReviewCase] = []
    rows: list[ReviewRow] = []
    for options in questions:
        offered = _likeliest(options, MOST_OFFERED)
        case = _case(company_id, offered[0])
        cases.append(case)
        rows.append(_row(case, offered[0][0], offered[0][0], role=ReviewRow.Role.KNOWN))
        rows += [
            _row(
                case,
                sent,
                received,
                role=ReviewRow.Role.CANDIDATE,
                score=verdict.score,
                reasons=list(verdict.reasons),
            )
            for sent, received, verdict in offered
        ]
    if cases:
        ReviewCase.objects.bulk_create(cases)
        ReviewRow.objects.bulk_create(rows)
        events.publish(company_id, "review", company_id)


def _case(company_id: UUID, best: tuple[Side, Side, Verdict]) -> ReviewCase:
    sent, _, verdict = best
    return ReviewCase(
        company_id=company_id,
        kind=ReviewCase.Kind.TRANSFER,
        subject=str(sent.key),
        account_id=sent.account_id,
        score=verdict.score,
        reasons=list(verdict.reasons),
        opened_at=clock.now(),
    )


def _row(case: ReviewCase, sent: Side, shown: Side, **fields: Any) -> ReviewRow:
    return ReviewRow(
        company_id=case.company_id, case=case, transaction_id=shown.key, of_id=sent.key, **fields
    )


def _candidates(case: ReviewCase) -> TenantQuerySet[ReviewRow]:
    return ReviewRow.objects.of(case.company_id).filter(case=case, role=ReviewRow.Role.CANDIDATE)
