"""What tells one movement from another: the facts of a row that survive a new vendor id."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from financehub.banking.models import Transaction
from financehub.core import crypto
from financehub.core.clock import bank_day
from financehub.core.documents import mask_documents

INSTALLMENT = re.compile(r"\b(\d{1,2})\s*(?:/|\bDE\b)\s*(\d{1,2})\b")
NOT_A_WORD = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Clue:
    """One row as evidence; `text` and `raw_text` are normalised, absent facts are None or empty."""

    key: UUID
    direction: str
    currency: str
    amount_cents: int
    day: date
    status: str
    text: str
    raw_text: str = ""
    installment: tuple[int, int] | None = None
    purchase_day: date | None = None
    card_last4: str | None = None
    provider_id: str | None = None
    reference: str | None = None
    counterparty: str | None = None
    mcc: str | None = None


class _Payment(msgspec.Struct, rename="camel"):
    reference_number: str | None = None
    authentication_code: str | None = None


class _Card(msgspec.Struct, rename="camel"):
    purchase_date: datetime | None = None
    payee_mcc: int | str | None = msgspec.field(name="payeeMCC", default=None)


class _Details(msgspec.Struct, rename="camel"):
    """The few nested facts that are evidence."""

    description_raw: str | None = None
    payment_data: _Payment | None = None
    credit_card_metadata: _Card | None = None


_read_details = msgspec.json.Decoder(_Details, strict=False).decode
NO_DETAILS = _Details()
NO_PAYMENT, NO_CARD = _Payment(), _Card()


def clue_of(row: Transaction) -> Clue:
    """The evidence in a stored row, its sealed details included."""
    details = NO_DETAILS if row.details is None else _read_details(crypto.unseal(bytes(row.details)))
    card = details.credit_card_metadata or NO_CARD
    return Clue(
        key=row.pk,
        direction=row.type,
        currency=row.currency,
        amount_cents=row.amount_cents,
        day=row.date,
        status=row.status,
        text=normalised(row.description),
        raw_text=normalised(mask_documents(details.description_raw or "")),
        installment=_installment(row),
        purchase_day=None if card.purchase_date is None else bank_day(card.purchase_date),
        card_last4=row.card_last4 or None,
        provider_id=row.provider_id or None,
        reference=_reference(details.payment_data or NO_PAYMENT),
        counterparty=row.counterparty_index or None,
        mcc=None if card.payee_mcc is None else str(card.payee_mcc),
    )


def normalised(text: str) -> str:
    """Capitals, digits and single spaces only; accents and the installment's n/N left out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().upper()
    return NOT_A_WORD.sub(" ", INSTALLMENT.sub(" ", plain)).strip()


def _installment(row: Transaction) -> tuple[int, int] | None:
    """Parcela n of N: the bank's fields, or the words of the description."""
    if row.installment_number and row.total_installments:
        return row.installment_number, row.total_installments
    found = INSTALLMENT.search(row.description.upper()) if row.account.is_card else None
    if found is None:
        return None
    number, total = int(found.group(1)), int(found.group(2))
    return (number, total) if 1 <= number <= total and total > 1 else None


def _reference(payment: _Payment) -> str | None:
    """A PIX's end-to-end id or another long reference; short numbers repeat and prove nothing."""
    reference = payment.reference_number or payment.authentication_code or ""
    return reference if len(reference) >= 16 else None
