"""Rows of cards out of the database, with the facts that only their sealed originals hold.

An original is opened only where it decides something: the forecast month of a row without a bill, the day of
purchase of a parcela, and the kind of a credit operation.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

import msgspec

from financehub.banking.cards.rows import CardRow, Hidden
from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company
from financehub.core import crypto
from financehub.core.clock import bank_day
from financehub.core.money import to_cents
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


def rows_of(company: Company, accounts: Iterable[Account], *, since: date) -> dict[UUID, list[CardRow]]:
    """The rows of each of the company's cards from that day on, hidden ones included and marked."""
    stored = Transaction.objects.of(company).filter(account__in=list(accounts), date__gte=since)
    rows: dict[UUID, list[CardRow]] = defaultdict(list)
    for values in stored.values_list(*_Stored._fields).iterator(chunk_size=2000):
        one = _Stored(*values)
        rows[one.account_id].append(_row(one))
    return rows


def _row(one: _Stored) -> CardRow:
    is_parcel = bool(one.installment_number and one.total_installments)
    must_ask = one.bill_pluggy_id is None or is_parcel or one.operation_type == CREDIT_OPERATION
    card = _metadata(one.details) if must_ask else NOTHING
    return CardRow(
        id=one.id,
        day=one.date,
        cents=one.amount_cents,
        description=one.description,
        is_pending=one.status == Transaction.Status.PENDING,
        operation_type=one.operation_type or "",
        category_id=one.category_id or "",
        other_credits_type=card.other_credits_type or "",
        bill_pluggy_id=one.bill_pluggy_id,
        forecast_month=month_named(card.bill_forecast_date),
        own_bill_month=one.own_bill_month,
        installment=(one.installment_number or 0, one.total_installments or 0) if is_parcel else None,
        last4=one.card_last4 or "",
        purchase_day=bank_day(card.purchase_date) if card.purchase_date else None,
        purchase_cents=abs(to_cents(card.total_amount)) if card.total_amount else None,
        hidden=_hidden(one),
    )


def month_named(text: str | None) -> date | None:
    """`YYYY-MM` as the first day of that month; None for anything else."""
    try:
        return date.fromisoformat(f"{(text or '')[:7]}-01")
    except ValueError:
        return None


def _metadata(details: bytes | None) -> CreditCardMetadata:
    if details is None:
        return NOTHING
    try:
        return decode(_Original, crypto.unseal(details)).credit_card_metadata or NOTHING
    except (crypto.Undecipherable, msgspec.MsgspecError):
        return NOTHING  # the columns still place the row, by its bill or its day


def _hidden(one: _Stored) -> Hidden:
    if one.withdrawn_at is not None:
        return Hidden.WITHDRAWN
    return Hidden.DELETED if one.deleted_at is not None else Hidden.NO
