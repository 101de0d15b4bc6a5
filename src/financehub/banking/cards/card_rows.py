"""Rows of cards out of the database, with the facts that only their sealed originals hold.

An original is opened only where it decides something: the forecast month of a row without a bill, the day of
purchase of a parcela, and the kind of a credit operation. Plain purchases on bills that the bank has closed come as
sums of a day, because a screen of all bills looks at none of them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Count, Max, Q, Sum

from financehub.banking.cards import texts
from financehub.banking.cards.rows import CardRow, Hidden
from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company
from financehub.core import crypto
from financehub.core.clock import bank_day
from financehub.core.money import to_cents
from financehub.core.tenancy import TenantQuerySet
from financehub.providers.pluggy.shapes.base import Shape, decode
from financehub.providers.pluggy.shapes.transactions import CreditCardMetadata

CREDIT_OPERATION = "OPERACOES_CREDITO_CONTRATADAS_CARTAO"


class _Original(Shape, kw_only=True):
    """The one part of the vendor's row that bills need."""

    credit_card_metadata: CreditCardMetadata | None = None


class _Stored(NamedTuple):
    id: UUID
    account_id: UUID
    amount_cents: int
    description: str
    status: str
    operation_type: str | None
    category_id: str | None
    bill_pluggy_id: str | None
    own_bill_month: date | None
    installment_number: int | None
    total_installments: int | None
    card_last4: str | None
    withdrawn_at: object
    deleted_at: object
    details: bytes | None
    date: date  # last: below its own name it hides the type


NOTHING = CreditCardMetadata()
NO_ROW = UUID(int=0)
ORIGINALS_REMEMBERED = 20_000
MARKS = ("id", "content_hash", "changed_at", "edited_at", "own_bill_month", "withdrawn_at", "deleted_at")
Rows = dict[UUID, list[CardRow]]


@dataclass(frozen=True)
class Ledger:
    """Which rows are wanted: of these cards from that day on, plain purchases on the bills in `summed` as sums."""

    company: Company
    accounts: Sequence[Account]
    since: date
    summed: Collection[str] = ()

    @property
    def stored(self) -> TenantQuerySet[Transaction]:
        rows = Transaction.objects.of(self.company)
        return rows.filter(account__in=self.accounts, date__gte=self.since)

    @property
    def plain(self) -> TenantQuerySet[Transaction]:
        return self.stored.filter(_is_plain(self.summed))

    @property
    def single(self) -> TenantQuerySet[Transaction]:
        return self.stored.exclude(_is_plain(self.summed)) if self.summed else self.stored


@dataclass(frozen=True)
class Sums:
    """Plain purchases by card, one sum for each bill and day; and when any row within them was last written."""

    rows: Rows
    written_at: dict[UUID, tuple[object, object]]


def rows_of(ledger: Ledger, sums: Sums | None = None) -> Rows:
    """The rows of each card, hidden ones included and marked, beside their sums."""
    rows = _read(ledger.single)
    for key, found in sums.rows.items() if sums else ():
        rows[key] += found
    return rows


def sums_of(ledger: Ledger) -> Sums:
    """What `ledger.summed` asks for."""
    rows: Rows = defaultdict(list)
    created: dict[UUID, Any] = {}
    changed: dict[UUID, Any] = {}
    names = ("account_id", "bill_pluggy_id", "date")
    days = ledger.plain.values_list(*names).order_by(
        *names
    )  # the same sums in the same order: they are a key
    counted = days.annotate(
        Sum("amount_cents"), rows=Count("*"), created=Max("created_at"), changed=Max("changed_at")
    )
    for key, bill, day, cents, count, new, moved in counted if ledger.summed else ():
        rows[key].append(CardRow(NO_ROW, day, cents, "", bill_pluggy_id=bill, count=count, is_sum=True))
        created[key] = max(new, created.get(key, new))
        changed[key] = max(filter(None, (moved, changed.get(key))), default=None)
    return Sums(rows, {key: (created[key], changed[key]) for key in created})


def suspects_of(ledger: Ledger, cents: set[int]) -> Rows:
    """The rows within the sums that have one of these amounts, of either sign."""
    return _read(ledger.plain.filter(amount_cents__in={*cents, *(-one for one in cents)}))


def marks_of(ledger: Ledger) -> dict[UUID, tuple[int, bytes]]:
    """By card: how many rows are looked at one by one, and a name for the state that they are in together."""
    names: dict[UUID, Any] = defaultdict(lambda: blake2b(digest_size=16))
    counts: Counter[UUID] = Counter()
    sql, params = ledger.single.order_by("id").values_list("account_id", *MARKS).query.sql_with_params()
    with connection.cursor() as cursor:  # as the database says them: nothing is read, only compared
        cursor.execute(sql, params)
        for account, *marks in cursor:
            key = account if isinstance(account, UUID) else UUID(account)
            counts[key] += 1
            names[key].update(repr(marks).encode())
    return {key: (counts[key], names[key].digest()) for key in counts}


def _is_plain(bills: Collection[str]) -> Q:
    """Posted and visible purchases in one sum, placed by the bank: kind, bill and amount are all there is to know."""
    telling = Q()
    for word in texts.TELLING:
        telling |= Q(description__icontains=word)
    return Q(
        ~telling,
        Q(operation_type__isnull=True) | ~Q(operation_type=CREDIT_OPERATION),
        bill_pluggy_id__in=list(bills),
        status=Transaction.Status.POSTED,
        amount_cents__lt=0,
        installment_number__isnull=True,
        own_bill_month__isnull=True,
        withdrawn_at__isnull=True,
        deleted_at__isnull=True,
    )


def _read(stored: TenantQuerySet[Transaction]) -> Rows:
    rows: Rows = defaultdict(list)
    for values in stored.values_list(*_Stored._fields).iterator(chunk_size=2000):
        one = _Stored(*values)
        rows[one.account_id].append(_row(one))
    return rows


def _row(one: _Stored) -> CardRow:
    is_parcel = bool(one.installment_number and one.total_installments)
    must_ask = one.bill_pluggy_id is None or is_parcel or one.operation_type == CREDIT_OPERATION
    original = _original(bytes(one.details)) if must_ask and one.details is not None else NO_ORIGINAL
    return CardRow(
        id=one.id,
        day=one.date,
        cents=one.amount_cents,
        description=one.description,
        is_pending=one.status == Transaction.Status.PENDING,
        operation_type=one.operation_type or "",
        category_id=one.category_id or "",
        other_credits_type=original.other_credits_type,
        bill_pluggy_id=one.bill_pluggy_id,
        forecast_month=original.forecast_month,
        own_bill_month=one.own_bill_month,
        installment=(one.installment_number or 0, one.total_installments or 0) if is_parcel else None,
        last4=one.card_last4 or "",
        purchase_day=original.purchase_day,
        purchase_cents=original.purchase_cents,
        hidden=_hidden(one),
    )


def month_named(text: str | None) -> date | None:
    """`YYYY-MM` as the first day of that month; None for anything else."""
    try:
        return date.fromisoformat(f"{(text or '')[:7]}-01")
    except ValueError:
        return None


class _Facts(NamedTuple):
    """What bills and plans need of an original."""

    other_credits_type: str = ""
    forecast_month: date | None = None
    purchase_day: date | None = None
    purchase_cents: int | None = None


NO_ORIGINAL = _Facts()


@lru_cache(maxsize=ORIGINALS_REMEMBERED)
def _original(details: bytes) -> _Facts:
    """The same sealed bytes say the same for ever: a screen that is looked at again opens only what is new."""
    card = _metadata(details)
    return _Facts(
        card.other_credits_type or "",
        month_named(card.bill_forecast_date),
        bank_day(card.purchase_date) if card.purchase_date else None,
        abs(to_cents(card.total_amount)) if card.total_amount else None,
    )


def _metadata(details: bytes) -> CreditCardMetadata:
    try:
        return decode(_Original, crypto.unseal(details)).credit_card_metadata or NOTHING
    except (crypto.Undecipherable, msgspec.MsgspecError):
        return NOTHING  # the columns still place the row, by its bill or its day


def _hidden(one: _Stored) -> Hidden:
    if one.withdrawn_at is not None:
        return Hidden.WITHDRAWN
    return Hidden.DELETED if one.deleted_at is not None else Hidden.NO
