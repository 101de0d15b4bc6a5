"""The rows of billing."""

from financehub.billing.models.customers import Checkout, Customer, TaxId
from financehub.billing.models.deeds import StripeDeed
from financehub.billing.models.discounts import Coupon, Discount, PromotionCode
from financehub.billing.models.dunning import DunningAttempt, DunningCase, Notice
from financehub.billing.models.money import (
    CreditNote,
    Dispute,
    EvidenceFile,
    FraudWarning,
    Invoice,
    Payment,
    PaymentState,
    Refund,
    Review,
)
from financehub.billing.models.subscriptions import PlanChange, State, Subscription
from financehub.billing.models.tasks import StaffTask

__all__ = [
    "Checkout",
    "Coupon",
    "CreditNote",
    "Customer",
    "Discount",
    "Dispute",
    "DunningAttempt",
    "DunningCase",
    "EvidenceFile",
    "FraudWarning",
    "Invoice",
    "Notice",
    "Payment",
    "PaymentState",
    "PlanChange",
    "PromotionCode",
    "Refund",
    "Review",
    "StaffTask",
    "State",
    "StripeDeed",
    "Subscription",
    "TaxId",
]
