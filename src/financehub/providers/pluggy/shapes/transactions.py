"""Transactions: the hot path. Core fields typed, nested parts parsed only when somebody asks."""

from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

import msgspec

from financehub.providers.pluggy.shapes.base import (
    NULL,
    Envelope,
    Moment,
    Record,
    Shape,
    decode,
    decode_records,
)

Part = TypeVar("Part", bound=Shape)


class TransactionType(StrEnum):
    DEBIT = "DEBIT"
    CREDIT = "CREDIT"


class TransactionStatus(StrEnum):
    POSTED = "POSTED"
    PENDING = "PENDING"


class ParticipantDocument(Shape, kw_only=True):
    type: str | None = None
    value: str | None = None


class Participant(Shape, kw_only=True):
    """Payer or receiver of a PIX, TED, DOC, TEV or boleto."""

    document_number: ParticipantDocument | None = None
    name: str | None = None
    account_number: str | None = None
    branch_number: str | None = None
    routing_number: str | None = None
    routing_number_ispb: str | None = msgspec.field(name="routingNumberISPB", default=None)


class BoletoMetadata(Shape, kw_only=True):
    digitable_line: str | None = None
    barcode: str | None = None
    base_amount: Decimal | None = None
    interest_amount: Decimal | None = None
    penalty_amount: Decimal | None = None
    discount_amount: Decimal | None = None


class PaymentData(Shape, kw_only=True):
    payer: Participant | None = None
    receiver: Participant | None = None
    reason: str | None = None
    reference_number: str | None = None
    receiver_reference_id: str | None = None
    authentication_code: str | None = None
    payment_method: str | None = None
    boleto_metadata: BoletoMetadata | None = None


class CreditCardMetadata(Shape, kw_only=True):
    """`bill_forecast_date` is YYYY-MM; `bill_id` arrives after the bill closes."""

    installment_number: int | None = None
    total_installments: int | None = None
    total_amount: Decimal | None = None
    fee_type: str | None = None
    fee_type_additional_info: str | None = None
    other_credits_type: str | None = None
    other_credits_additional_info: str | None = None
    purchase_date: Moment | None = None
    payee_mcc: int | str | None = msgspec.field(name="payeeMCC", default=None)
    card_number: str | None = None
    bill_id: str | None = None
    bill_forecast_date: str | None = None
    payment_type: str | None = None
    bill_post_date: Moment | None = None
    transaction_date_time: Moment | None = None


class Merchant(Shape, kw_only=True):
    name: str | None = None
    business_name: str | None = None
    cnpj: str | None = None
    cnae: str | None = None
    category: str | None = None


class TransactionRow(Record, kw_only=True):
    """One Transaction. `raw` is a view of its original bytes; `date` is UTC, exactly as Pluggy sent it."""

    id: str
    account_id: str
    words: str | None = msgspec.field(name="description")  # parsed without a hook: this is the hot path
    amount: Decimal
    date: datetime
    type: str
    currency_code: str
    status: str = TransactionStatus.POSTED
    description_raw: str | None = None
    amount_in_account_currency: Decimal | None = None
    balance: Decimal | None = None
    provider_code: str | None = None
    provider_id: str | None = None
    category: str | None = None
    category_id: str | None = None
    operation_type: str | None = None
    operation_type_additional_info: str | None = None
    order: Decimal | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    payment_data_raw: msgspec.Raw = msgspec.field(name="paymentData", default=NULL)
    credit_card_metadata_raw: msgspec.Raw = msgspec.field(name="creditCardMetadata", default=NULL)
    merchant_raw: msgspec.Raw = msgspec.field(name="merchant", default=NULL)

    @property
    def description(self) -> str:
        """Empty where Pluggy sends null."""
        return self.words or ""

    @property
    def payment_data(self) -> PaymentData | None:
        return _part(PaymentData, self.payment_data_raw)

    @property
    def credit_card_metadata(self) -> CreditCardMetadata | None:
        return _part(CreditCardMetadata, self.credit_card_metadata_raw)

    @property
    def merchant(self) -> Merchant | None:
        return _part(Merchant, self.merchant_raw)


class TransactionPage(msgspec.Struct):
    """Up to 500 Transactions. `raw_bytes` is the whole body as received; `after` is the next cursor.

    `unreadable` counts rows that are no Transactions: one of them must not keep the others out.
    """

    rows: list[TransactionRow]
    raw_bytes: bytes
    after: str | None = None
    unreadable: int = 0

    def __repr__(self) -> str:
        return f"<TransactionPage of {len(self.rows)}>"


def parse_transaction_page(body: bytes) -> tuple[TransactionPage, str | None]:
    """The page, and Pluggy's `next` as it came. Raises msgspec.MsgspecError on a body of another shape.

    So it does when not one row can be read: then it is not a row that is wrong.
    """
    envelope = decode(Envelope, body)
    rows = _readable(envelope.results)
    for row in rows:
        if row.date.tzinfo is None:
            row.date = row.date.replace(tzinfo=UTC)
    return TransactionPage(rows, body, unreadable=len(envelope.results) - len(rows)), envelope.next


def _readable(raws: list[msgspec.Raw]) -> list[TransactionRow]:
    """All of them at once; where that fails, all but those that fail one by one."""
    try:
        return decode_records(TransactionRow, raws)
    except msgspec.MsgspecError:
        rows: list[TransactionRow] = []
        for raw in raws:
            with suppress(msgspec.MsgspecError):
                rows += decode_records(TransactionRow, [raw])
        if not rows:
            raise
        return rows


def _part(shape: type[Part], raw: msgspec.Raw) -> Part | None:
    return None if raw == NULL else decode(shape, raw)
