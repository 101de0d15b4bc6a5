"""Stripe's books against ours, object by object and to the cent, asked of Stripe by the official client alone."""

from collections.abc import Iterator
from typing import Any

from tests.billing.shop import Shop

from financehub.billing.models import (
    CreditNote,
    Discount,
    Dispute,
    Invoice,
    Payment,
    Refund,
    Subscription,
    TaxId,
)


def differences(shop: Shop) -> list[str]:
    """One sentence for each object that one side lacks, or has otherwise. Drafts are no debt yet."""
    pairs = (
        ("subscription", _subscriptions(shop.api), _ours(Subscription, shop, _subscription)),
        ("invoice", _invoices(shop.api), _ours(Invoice, shop, _invoice)),
        ("payment", _payments(shop.api), _ours(Payment, shop, _payment)),
        ("refund", _refunds(shop.api), _ours(Refund, shop, _refund)),
        ("dispute", _disputes(shop.api), _ours(Dispute, shop, _dispute)),
        ("credit note", _credit_notes(shop.api), _ours(CreditNote, shop, _credit_note)),
        ("discount", _discounts(shop.api), _in_force(shop)),
        ("tax id", _tax_ids(shop.api), _numbers(shop)),
    )
    return [line for kind, theirs, ours in pairs for line in _compared(kind, theirs, ours)]


def _compared(kind: str, theirs: dict[str, object], ours: dict[str, object]) -> Iterator[str]:
    for key in sorted(theirs.keys() | ours.keys()):
        if theirs.get(key) != ours.get(key):
            yield f"{kind} {key}: Stripe has {theirs.get(key)}, we have {ours.get(key)}"


def _ours(model: Any, shop: Shop, shown: Any) -> dict[str, object]:
    rows = model.objects.of(shop.company)
    return {row.stripe_id: shown(row) for row in rows if getattr(row, "status", "") != "draft"}


def _subscription(row: Subscription) -> tuple[object, ...]:
    return row.status, row.cancel_at_period_end, int(row.period_end.timestamp()), row.ended_at is not None


def _invoice(row: Invoice) -> tuple[object, ...]:
    return row.status, row.total_cents, row.due_cents, row.paid_cents, row.remaining_cents, row.currency


def _payment(row: Payment) -> tuple[object, ...]:
    return row.amount_cents, row.received_cents, row.refunded_cents, row.currency


def _refund(row: Refund) -> tuple[object, ...]:
    return row.status, row.amount_cents


def _dispute(row: Dispute) -> tuple[object, ...]:
    return row.status, row.amount_cents, row.reason


def _credit_note(row: CreditNote) -> tuple[object, ...]:
    return row.status, row.amount_cents, row.invoice.stripe_id


def _in_force(shop: Shop) -> dict[str, object]:
    rows = Discount.objects.of(shop.company).filter(ended_at=None).select_related("subscription", "coupon")
    return {
        row.stripe_id: (
            row.subscription.stripe_id if row.subscription else None,
            row.coupon.stripe_id if row.coupon else None,
        )
        for row in rows
    }


def _numbers(shop: Shop) -> dict[str, object]:
    rows = TaxId.objects.of(shop.company).filter(deleted_at=None).exclude(stripe_id=None)
    return {str(row.stripe_id): (row.kind, row.number) for row in rows}


def _subscriptions(api: Any) -> dict[str, object]:
    found = {}
    for status in ("all", "canceled"):
        for one in api.subscriptions.list({"status": status, "limit": 100}).auto_paging_iter():
            item = one["items"].data[0]
            shown = one.status, one.cancel_at_period_end, item.current_period_end, one.ended_at is not None
            found[one.id] = shown
    return found


def _invoices(api: Any) -> dict[str, object]:
    return {
        one.id: (one.status, one.total, one.amount_due, one.amount_paid, one.amount_remaining, one.currency)
        for one in api.invoices.list({"limit": 100}).auto_paging_iter()
        if one.status != "draft"
    }


def _payments(api: Any) -> dict[str, object]:
    refunded: dict[str, int] = {}
    for one in api.charges.list({"limit": 100}).auto_paging_iter():
        refunded[one.payment_intent] = refunded.get(one.payment_intent, 0) + one.amount_refunded
    return {
        one.id: (one.amount, one.amount_received, refunded.get(one.id, 0), one.currency)
        for one in api.payment_intents.list({"limit": 100}).auto_paging_iter()
    }


def _refunds(api: Any) -> dict[str, object]:
    return {one.id: (one.status, one.amount) for one in api.refunds.list({"limit": 100}).auto_paging_iter()}


def _disputes(api: Any) -> dict[str, object]:
    rows = api.disputes.list({"limit": 100}).auto_paging_iter()
    return {one.id: (one.status, one.amount, one.reason) for one in rows}


def _credit_notes(api: Any) -> dict[str, object]:
    rows = api.credit_notes.list({"limit": 100}).auto_paging_iter()
    return {one.id: (one.status, one.amount, one.invoice) for one in rows}


def _discounts(api: Any) -> dict[str, object]:
    rows = api.subscriptions.list({"status": "all", "limit": 100, "expand": ["data.discounts"]})
    return {
        discount.id: (one.id, discount.source.coupon)
        for one in rows.auto_paging_iter()
        for discount in one.discounts
    }


def _tax_ids(api: Any) -> dict[str, object]:
    return {
        one.id: (one.type, one.value)
        for customer in api.customers.list({"limit": 100}).auto_paging_iter()
        for one in api.customers.tax_ids.list(customer.id).auto_paging_iter()
    }
