"""From the vendor's Transaction to the columns of our row: pure, and the hot path of every sync."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from financehub.banking.cards import signs
from financehub.core import crypto
from financehub.core.clock import bank_day
from financehub.core.documents import digits, mask_documents
from financehub.core.money import to_cents
from financehub.providers.pluggy.shapes.transactions import (
    CreditCardMetadata,
    Participant,
    PaymentData,
    TransactionRow,
    TransactionStatus,
)

HASH_BYTES = 16

_hash_material = msgspec.msgpack.Encoder().encode


@dataclass(frozen=True)
class MappedRow:
    """The vendor's columns of one row; `content_hash` covers everything a person could see change."""

    pluggy_id: UUID
    content_hash: bytes
    occurred_at: datetime
    vendor_created_at: datetime | None
    values: tuple[object, ...]


# The order of MappedRow.values; every one of these is overwritten by the vendor, and no other column is.
COLUMNS = (
    "pluggy_id",
    "content_hash",
    "type",
    "status",
    "amount_cents",
    "currency",
    "original_amount",
    "original_currency",
    "date",
    "occurred_at",
    "day_order",
    "description",
    "provider_id",
    "category_id",
    "operation_type",
    "payment_method",
    "counterparty_name",
    "counterparty_index",
    "merchant_name",
    "running_balance_cents",
    "installment_number",
    "total_installments",
    "card_last4",
    "bill_pluggy_id",
    "details",
    "vendor_created_at",
    "vendor_updated_at",
)


@dataclass(frozen=True)
class AccountFacts:
    """What mapping needs to know of the account."""

    type: str
    currency: str


def map_row(row: TransactionRow, account: AccountFacts) -> MappedRow:
    """Columns for one Transaction. Raises ValueError for an id or an amount that cannot be."""
    direction = signs.direction(row.type, row.amount, account.type)
    cents, original_amount, original_currency = _amount(row, direction)
    seen: tuple[object, ...] = (
        direction,
        row.status if row.status == TransactionStatus.PENDING else TransactionStatus.POSTED.value,
        cents,
        account.currency,
        original_amount,
        original_currency,
        bank_day(row.date),
        row.date,
        None if row.order is None else int(row.order),
        mask_documents(row.description or row.description_raw or ""),
        row.provider_id,
        row.category_id,
        row.operation_type,
        *_payment(row.payment_data, direction),
        _merchant_name(row),
        None if row.balance is None else to_cents(row.balance),
        *_card(row.credit_card_metadata),
    )
    raw = bytes(row.raw)
    pluggy_id, content_hash = UUID(row.id), _content_hash(seen, row)
    values = (pluggy_id, content_hash, *seen, crypto.seal(raw), row.created_at, row.updated_at)
    return MappedRow(pluggy_id, content_hash, row.date, row.created_at, values)


def day_and_cents(row: TransactionRow, account: AccountFacts) -> tuple[date, int]:
    """The bank day and the signed amount of a row, as `map_row` would store them. Raises ValueError as it does."""
    cents, _, _ = _amount(row, signs.direction(row.type, row.amount, account.type))
    return bank_day(row.date), cents


def _content_hash(seen: tuple[object, ...], row: TransactionRow) -> bytes:
    """The row's times at Pluggy stay out: a row that only says `updatedAt` has not changed."""
    digest = hashlib.blake2b(_hash_material(seen), digest_size=HASH_BYTES)
    for part in (row.payment_data_raw, row.credit_card_metadata_raw, row.merchant_raw):
        digest.update(part)
    return digest.digest()


def _amount(row: TransactionRow, direction: str) -> tuple[int, str | None, str | None]:
    """Cents in the account's currency, signed for the person; and the foreign original, exactly as sent."""
    amount, original, currency = row.amount, None, None
    if row.amount_in_account_currency is not None:
        amount = row.amount_in_account_currency
        original, currency = _plain(row.amount), row.currency_code
    return signs.signed(to_cents(amount), direction), original, currency


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"


def _payment(payment: PaymentData | None, direction: str) -> tuple[str | None, str | None, str | None]:
    """Method, name of the other side, and the blind index of their document."""
    if payment is None:
        return None, None, None
    other = payment.receiver if direction == signs.LEAVES else payment.payer
    return payment.payment_method, _name_of(other), _index_of(other)


def _name_of(other: Participant | None) -> str | None:
    return mask_documents(other.name) if other and other.name else None


def _index_of(other: Participant | None) -> str | None:
    document = other.document_number.value if other and other.document_number else None
    return crypto.blind_index(digits(document), purpose="document") if document else None


def _merchant_name(row: TransactionRow) -> str | None:
    merchant = row.merchant
    return (merchant.name or merchant.business_name or None) if merchant else None


def _card(card: CreditCardMetadata | None) -> tuple[int | None, int | None, str | None, str | None]:
    """Installment n of N, the card's last four digits, and the bill."""
    if card is None:
        return None, None, None, None
    last4 = digits(card.card_number)[-4:] if card.card_number else None
    return card.installment_number, card.total_installments, last4, card.bill_id


def newest(moments: list[datetime | None]) -> datetime | None:
    """The latest of the moments that are there."""
    return max((moment for moment in moments if moment is not None), default=None)


def day_of(moment: datetime | None) -> date | None:
    """The bank day, or nothing for nothing."""
    return None if moment is None else bank_day(moment)
