"""What we read of Stripe's objects: ids as text, moments as Unix seconds, money as integer cents."""

from typing import Generic, TypeVar

import msgspec

RowT = TypeVar("RowT")


class Shape(msgspec.Struct, frozen=True):
    """Names that nobody reads are left out."""

    id: str


class Listed(msgspec.Struct, Generic[RowT], frozen=True):
    """An embedded list; Stripe cuts it at ten."""

    data: list[RowT] = []
    has_more: bool = False


class Customer(Shape, frozen=True):
    deleted: bool = False
    email: str | None = None
    metadata: dict[str, str] = {}
    invoice_settings: "InvoiceSettings | None" = None


class InvoiceSettings(msgspec.Struct, frozen=True):
    default_payment_method: str | None = None


class Recurring(msgspec.Struct, frozen=True):
    interval: str = "month"
    interval_count: int = 1


class Price(Shape, frozen=True):
    product: str = ""
    tax_behavior: str | None = None
    currency: str = "brl"
    unit_amount: int | None = None
    lookup_key: str | None = None
    active: bool = True
    recurring: Recurring | None = None
    metadata: dict[str, str] = {}


class Product(Shape, frozen=True):
    name: str = ""
    active: bool = True
    metadata: dict[str, str] = {}


class Coupon(Shape, frozen=True):
    duration: str
    valid: bool = True
    name: str | None = None
    percent_off: float | None = None
    amount_off: int | None = None
    currency: str | None = None
    duration_in_months: int | None = None
    times_redeemed: int = 0
    redeem_by: int | None = None


class Source(msgspec.Struct, frozen=True):
    """What a discount or a promotion code stands for."""

    coupon: str | None = None


class PromotionCode(Shape, frozen=True):
    code: str
    active: bool
    promotion: Source
    times_redeemed: int = 0
    expires_at: int | None = None


class Discount(Shape, frozen=True):
    start: int
    source: Source
    end: int | None = None
    promotion_code: str | None = None
    subscription: str | None = None


class SubscriptionItem(Shape, frozen=True):
    price: Price
    current_period_start: int
    current_period_end: int


class CancellationDetails(msgspec.Struct, frozen=True):
    reason: str | None = None


class PendingUpdate(msgspec.Struct, frozen=True):
    """A change that waits for its payment."""

    expires_at: int = 0


class Subscription(Shape, frozen=True):
    customer: str
    status: str
    created: int
    items: Listed[SubscriptionItem]
    metadata: dict[str, str] = {}
    trial_end: int | None = None
    cancel_at_period_end: bool = False
    cancel_at: int | None = None
    canceled_at: int | None = None
    ended_at: int | None = None
    latest_invoice: str | None = None
    default_payment_method: str | None = None
    schedule: str | None = None
    cancellation_details: CancellationDetails | None = None
    pending_update: PendingUpdate | None = None
    discounts: list[Discount | str] = []  # objects where the call asked for them


class SubscriptionDetails(msgspec.Struct, frozen=True):
    subscription: str | None = None


class Parent(msgspec.Struct, frozen=True):
    subscription_details: SubscriptionDetails | None = None


class Transitions(msgspec.Struct, frozen=True):
    finalized_at: int | None = None
    paid_at: int | None = None


class Invoice(Shape, frozen=True):
    status: str
    customer: str
    created: int
    currency: str
    total: int
    amount_due: int
    amount_paid: int
    amount_remaining: int
    status_transitions: Transitions
    number: str | None = None
    parent: Parent | None = None
    billing_reason: str | None = None
    collection_method: str = "charge_automatically"
    attempted: bool = False
    next_payment_attempt: int | None = None
    due_date: int | None = None
    hosted_invoice_url: str | None = None
    invoice_pdf: str | None = None

    @property
    def subscription(self) -> str | None:
        details = self.parent.subscription_details if self.parent else None
        return details.subscription if details else None


class Preview(msgspec.Struct, frozen=True):
    """An invoice that does not exist."""

    amount_due: int
    currency: str
    total: int


class PaymentError(msgspec.Struct, frozen=True):
    code: str | None = None
    decline_code: str | None = None
    advice_code: str | None = None


class Card(msgspec.Struct, frozen=True):
    brand: str = ""
    last4: str = ""
    exp_month: int = 0
    exp_year: int = 0


class PaymentMethod(Shape, frozen=True):
    type: str
    created: int
    customer: str | None = None
    card: Card | None = None


class NextAction(msgspec.Struct, frozen=True):
    type: str = ""


class PaymentIntent(Shape, frozen=True):
    status: str
    amount: int
    currency: str
    created: int
    amount_received: int = 0
    customer: str | None = None
    latest_charge: str | None = None
    payment_method: str | None = None
    last_payment_error: PaymentError | None = None
    next_action: NextAction | None = None


class PaymentDetails(msgspec.Struct, frozen=True):
    card: Card | None = None
    type: str = ""


class Charge(Shape, frozen=True):
    amount: int
    currency: str
    status: str
    amount_refunded: int = 0
    refunded: bool = False
    customer: str | None = None
    payment_intent: str | None = None
    payment_method_details: PaymentDetails | None = None


class PaidWith(msgspec.Struct, frozen=True):
    type: str = ""
    payment_intent: str | None = None


class InvoicePayment(Shape, frozen=True):
    invoice: str
    status: str
    payment: PaidWith
    amount_requested: int = 0
    amount_paid: int | None = None


class Session(Shape, frozen=True):
    status: str | None = None
    payment_status: str = "unpaid"
    url: str | None = None
    customer: str | None = None
    subscription: str | None = None
    client_reference_id: str | None = None
    expires_at: int = 0
    metadata: dict[str, str] = {}


class PortalSession(Shape, frozen=True):
    url: str


class PortalConfiguration(Shape, frozen=True):
    active: bool = True
    default_return_url: str | None = None
    metadata: dict[str, str] = {}
    features: dict[str, object] = {}


class PhaseItem(msgspec.Struct, frozen=True):
    price: str


class Phase(msgspec.Struct, frozen=True):
    start_date: int
    end_date: int
    items: list[PhaseItem]


class Schedule(Shape, frozen=True):
    status: str
    phases: list[Phase] = []
    subscription: str | None = None


class Refund(Shape, frozen=True):
    amount: int
    currency: str
    created: int
    status: str | None = None
    charge: str | None = None
    payment_intent: str | None = None
    reason: str | None = None
    failure_reason: str | None = None
    metadata: dict[str, str] | None = None


class CreditNote(Shape, frozen=True):
    invoice: str
    status: str
    currency: str
    amount: int
    created: int
    number: str | None = None
    reason: str | None = None
    pdf: str | None = None
    customer: str | None = None


class Moved(msgspec.Struct, frozen=True):
    """One line of our balance."""

    net: int = 0


class EvidenceDetails(msgspec.Struct, frozen=True):
    due_by: int | None = None
    has_evidence: bool = False
    submission_count: int = 0


class Dispute(Shape, frozen=True):
    charge: str
    amount: int
    currency: str
    status: str
    reason: str
    created: int
    evidence_details: EvidenceDetails
    payment_intent: str | None = None
    is_charge_refundable: bool = False
    balance_transactions: list[Moved] = []


class FraudWarning(Shape, frozen=True):
    charge: str
    actionable: bool
    fraud_type: str
    created: int
    payment_intent: str | None = None


class Review(Shape, frozen=True):
    open: bool
    reason: str
    created: int
    closed_reason: str | None = None
    payment_intent: str | None = None


class File(Shape, frozen=True):
    size: int
    purpose: str = ""


class TaxId(Shape, frozen=True):
    type: str
    value: str
    created: int
    customer: str | None = None


class Account(Shape, frozen=True):
    country: str | None = None
    default_currency: str | None = None
