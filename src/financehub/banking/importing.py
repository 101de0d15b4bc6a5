"""From the vendor's Transaction to the columns of our row: pure, and the hot path of every sync.

A row is recognised first, by a hash of what the vendor says in it, and mapped only where that is news.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from financehub.banking.cards import signs
from financehub.core import crypto
from financehub.core.clock import bank_day
from financehub.core.crypto import KeyRing
from financehub.core.documents import digits, mask_documents
from financehub.core.money import to_cents
from financehub.providers.pluggy.shapes.base import NULL
from financehub.providers.pluggy.shapes.transactions import TransactionRow, TransactionStatus

HASH_BYTES = 16
MAPPING = 1  # raised when a row maps to other columns than before: stored rows are then written anew
PENDING, POSTED = TransactionStatus.PENDING.value, TransactionStatus.POSTED.value

_hash_material = msgspec.msgpack.Encoder().encode


class MappedRow(msgspec.Struct, frozen=True):
    """The vendor's columns of one row, in the order of COLUMNS."""

    pluggy_id: UUID
    content_hash: bytes
    values: tuple[object, ...]


# What the columns of these names hold (test_importing compares them with the model).
LONGEST = {
    "original_amount": 40,
    "original_currency": 8,
    "category_id": 16,
    "operation_type": 80,
    "payment_method": 16,
    "bill_pluggy_id": 40,
}
SMALL = 2**31

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


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """What mapping needs to know of the account."""

    type: str
    currency: str


class Incoming(msgspec.Struct, frozen=True):
    """A row as the vendor sent it; `content_hash` covers everything a person could see change."""

    pluggy_id: UUID
    content_hash: bytes
    row: TransactionRow
    account: AccountFacts

    @property
    def occurred_at(self) -> datetime:
        return self.row.date

    @property
    def vendor_created_at(self) -> datetime | None:
        return self.row.created_at


class _Document(msgspec.Struct, rename="camel"):
    value: str | None = None


class _Participant(msgspec.Struct, rename="camel"):
    document_number: _Document | None = None
    name: str | None = None


class _Payment(msgspec.Struct, rename="camel"):
    """The nested facts that become columns; the rest stays in the sealed details."""

    payer: _Participant | None = None
    receiver: _Participant | None = None
    payment_method: str | None = None


class _CardData(msgspec.Struct, rename="camel"):
    installment_number: int | None = None
    total_installments: int | None = None
    card_number: str | None = None
    bill_id: str | None = None


class _Merchant(msgspec.Struct, rename="camel"):
    name: str | None = None
    business_name: str | None = None


_read_payment = msgspec.json.Decoder(_Payment).decode
_read_card = msgspec.json.Decoder(_CardData).decode
_read_merchant = msgspec.json.Decoder(_Merchant).decode

Payee = tuple[str | None, str | None, str | None]
CardFacts = tuple[int | None, int | None, str | None, str | None]
NO_PAYEE: Payee = (None, None, None)
NO_CARD: CardFacts = (None, None, None, None)


def recognise(row: TransactionRow, account: AccountFacts) -> Incoming:
    """Which row it is, and what its content amounts to. Raises ValueError for an id that cannot be."""
    return Incoming(msgspec.convert(row.id, UUID), _content_hash(row, account), row, account)


def map_row(row: TransactionRow, account: AccountFacts) -> MappedRow:
    """Columns for one Transaction. Raises ValueError for an id or an amount that cannot be."""
    return _mapped(recognise(row, account), crypto.ring())


def map_rows(rows: Iterable[Incoming], *, unreadable: set[UUID]) -> Iterator[MappedRow]:
    """Each as it is asked for; those that cannot be rows are left out, their ids put into `unreadable`."""
    keys = crypto.ring()
    for row in rows:
        try:
            mapped = _mapped(row, keys)
        except ValueError:
            unreadable.add(row.pluggy_id)
        else:
            yield mapped


def _mapped(incoming: Incoming, keys: KeyRing) -> MappedRow:
    row, account = incoming.row, incoming.account
    direction = signs.direction(row.type, row.amount, account.type)
    cents, original_amount, original_currency = _amount(row, direction)
    values = (
        incoming.pluggy_id,
        incoming.content_hash,
        direction,
        PENDING if row.status == PENDING else POSTED,
        cents,
        account.currency,
        original_amount,
        original_currency,
        bank_day(row.date),
        row.date,
        None if row.order is None else _small(int(row.order)),
        mask_documents(row.words or row.description_raw or ""),
        row.provider_id,
        _word(row.category_id, LONGEST["category_id"]),
        _word(row.operation_type, LONGEST["operation_type"]),
        *_payee(row.payment_data_raw, direction, keys),
        _merchant_name(row.merchant_raw),
        None if row.balance is None else to_cents(row.balance),
        *_card(row.credit_card_metadata_raw),
        keys.seal(bytes(row.raw)),
        row.created_at,
        row.updated_at,
    )
    return MappedRow(incoming.pluggy_id, incoming.content_hash, values)


def day_and_cents(row: TransactionRow, account: AccountFacts) -> tuple[date, int]:
    """The bank day and the signed amount of a row, as `map_row` would store them. Raises ValueError as it does."""
    cents, _, _ = _amount(row, signs.direction(row.type, row.amount, account.type))
    return bank_day(row.date), cents


def _content_hash(row: TransactionRow, account: AccountFacts) -> bytes:
    """All that is mapped, as the vendor says it, but for its times: a row that only says `updatedAt` is the same."""
    material = _hash_material(
        (
            MAPPING,
            account.type,
            account.currency,
            row.type,
            row.status,
            row.amount,
            row.amount_in_account_currency,
            None if row.amount_in_account_currency is None else row.currency_code,
            row.date,
            row.order,
            row.words or row.description_raw,
            row.provider_id,
            row.category_id,
            row.operation_type,
            row.balance,
        )
    )
    digest = hashlib.blake2b(material, digest_size=HASH_BYTES)
    for part in (row.payment_data_raw, row.credit_card_metadata_raw, row.merchant_raw):
        digest.update(part)
    return digest.digest()


def _amount(row: TransactionRow, direction: str) -> tuple[int, str | None, str | None]:
    """Cents in the account's currency, signed for the person; and the foreign original, exactly as sent."""
    amount, original, currency = row.amount, None, None
    if row.amount_in_account_currency is not None:
        amount = row.amount_in_account_currency
        original = _word(_plain(row.amount), LONGEST["original_amount"])
        currency = _word(row.currency_code, LONGEST["original_currency"])
    return signs.signed(to_cents(amount), direction), original, currency


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"


def _payee(raw: msgspec.Raw, direction: str, keys: KeyRing) -> Payee:
    """Method, name of the other side, and the blind index of their document."""
    if raw == NULL:
        return NO_PAYEE
    payment = _read_payment(raw)
    method = _word(payment.payment_method, LONGEST["payment_method"])
    other = payment.receiver if direction == signs.LEAVES else payment.payer
    if other is None:
        return method, None, None
    document = other.document_number.value if other.document_number else None
    index = keys.blind_index(digits(document), purpose="document") if document else None
    return method, mask_documents(other.name) if other.name else None, index


def _merchant_name(raw: msgspec.Raw) -> str | None:
    if raw == NULL:
        return None
    merchant = _read_merchant(raw)
    return merchant.name or merchant.business_name or None


def _card(raw: msgspec.Raw) -> CardFacts:
    """Installment n of N, the card's last four digits, and the bill."""
    if raw == NULL:
        return NO_CARD
    card = _read_card(raw)
    last4 = digits(card.card_number)[-4:] if card.card_number else None
    bill_id = _word(card.bill_id, LONGEST["bill_pluggy_id"])
    return _small(card.installment_number), _small(card.total_installments), last4, bill_id


def _word(text: str | None, longest: int) -> str | None:
    """A code that the column holds; one that is longer is no code, and a part of it would be another."""
    return text if text is None or len(text) <= longest else None


def _small(number: int | None) -> int | None:
    """A number that 32 bits hold."""
    return number if number is None or -SMALL <= number < SMALL else None


def newest(moments: list[datetime | None]) -> datetime | None:
    """The latest of the moments that are there."""
    return max((moment for moment in moments if moment is not None), default=None)


def day_of(moment: datetime | None) -> date | None:
    """The bank day, or nothing for nothing."""
    return None if moment is None else bank_day(moment)
