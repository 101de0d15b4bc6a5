"""The rows of billing."""

from financehub.billing.models.customers import Checkout, Customer
from financehub.billing.models.dunning import DunningAttempt, DunningCase, Notice
from financehub.billing.models.money import Dispute, FraudWarning, Invoice, Payment, PaymentState, Refund
from financehub.billing.models.subscriptions import PlanChange, State, Subscription

__all__ = [
    "Checkout",
    "Customer",
    "Dispute",
    "DunningAttempt",
    "DunningCase",
    "FraudWarning",
    "Invoice",
    "Notice",
    "Payment",
    "PaymentState",
    "PlanChange",
    "Refund",
    "State",
    "Subscription",
]
