"""Stripe's books against ours, object by object and to the cent, asked of Stripe by the official client alone."""

from collections.abc import Iterator
from typing import Any

from tests.billing.shop import Shop

from financehub.billing.models import Dispute, Invoice, Payment, Refund, Subscription


def differences(shop: Shop) -> list[str]:
    """One sentence for each object that one side lacks, or has otherwise. Drafts are no debt yet."""
    pairs = (
        ("subscription", _subscriptions(shop.api), _ours(Subscription, shop, _subscription)),
        ("invoice", _invoices(shop.api), _ours(Invoice, shop, _invoice)),
        ("payment", _payments(shop.api), _ours(Payment, shop, _payment)),
        ("refund", _refunds(shop.api), _ours(Refund, shop, _refund)),
        ("dispute", _disputes(shop.api), _ours(Dispute, shop, _dispute)),
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
