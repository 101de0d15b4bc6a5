"""A card's row as bills and parcelas see it, and what kind of row it is. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from financehub.banking.cards import texts

PAYMENT_OPERATION = "PAGAMENTO_FATURA"
PAYMENT_CATEGORY = "0510"
REVOLVING = "REVOLVING_CREDIT"


class Kind(StrEnum):
    PURCHASE = "purchase"
    REFUND = "refund"
    PAYMENT = "payment"
    CHARGE = "charge"
    CARRIED = "carried"  # the previous bill's debt, said again as a row


class Hidden(StrEnum):
    """Why a row is on no bill."""

    NO = ""
    DELETED = "deleted"  # by a person
    WITHDRAWN = "withdrawn"  # by the bank


@dataclass(frozen=True)
class CardRow:
    """One row. `cents` is the person's sign (a purchase is negative); months are their first days."""

    id: UUID
    day: date
    cents: int
    description: str
    is_pending: bool = False
    operation_type: str = ""
    category_id: str = ""
    other_credits_type: str = ""
    bill_pluggy_id: str | None = None
    forecast_month: date | None = None
    own_bill_month: date | None = None
    installment: tuple[int, int] | None = None  # n of N
    last4: str = ""
    purchase_day: date | None = None
    purchase_cents: int | None = None  # of all parcelas together, positive
    hidden: Hidden = Hidden.NO
    count: int = 1
    is_sum: bool = (
        False  # stands for `count` purchases of one day that nobody looks at one by one; its id is none's
    )

    @property
    def debt_cents(self) -> int:
        """What the row adds to a bill."""
        return -self.cents

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self)

    @property
    def charge(self) -> str:
        """The vendor's name of the finance charge, or nothing."""
        return charge_of(self)

    @property
    def is_synthetic_payment(self) -> bool:
        """Written by the vendor from the bill's data, beside the bank's own row of the same payment or alone."""
        return bool(texts.SYNTHETIC_PAYMENT.match(texts.plain(self.description)))


def kind_of(row: CardRow) -> Kind:
    """What a row is on a bill; the vendor's codes first, words after."""
    words = texts.plain(row.description)
    if row.installment is None and (row.other_credits_type == REVOLVING or texts.CARRIED.match(words)):
        return Kind.CARRIED
    if row.cents > 0:
        return Kind.PAYMENT if _pays(row, words) else Kind.REFUND
    return Kind.CHARGE if charge_of(row) else Kind.PURCHASE


def charge_of(row: CardRow) -> str:
    """Which finance charge a row is: one of the vendor's names, or nothing."""
    if row.cents > 0 or row.installment is not None:
        return ""
    words = texts.plain(row.description)
    return next((name for name, pattern in texts.CHARGES.items() if pattern.match(words)), "")


def _pays(row: CardRow, words: str) -> bool:
    return (
        row.operation_type == PAYMENT_OPERATION
        or row.category_id.startswith(PAYMENT_CATEGORY)
        or texts.PAYMENT.search(words) is not None
    )
