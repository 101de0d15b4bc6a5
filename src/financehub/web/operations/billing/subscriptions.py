"""Every subscription, one subscription with its money, and giving a payment back."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from financehub.billing import overseeing, plans, redeeming, refunding, story, tax_ids
from financehub.billing.models import CreditNote, Invoice, Payment, Refund, State, Subscription
from financehub.core.errors import Invalid
from financehub.web.billing.texts import INVOICES, PERIODS, PLANS, STATES
from financehub.web.forms import AmountField
from financehub.web.operations.billing import staff, texts
from financehub.web.requests import PageRequest, actor


@require_safe
@staff.staff_only
def subscriptions(request: PageRequest) -> HttpResponse:
    """By state, plan and company."""
    try:
        found = overseeing.subscriptions(staff.wanted(request), after=request.GET.get("depois"))
    except Invalid:
        return redirect("staff-subscriptions")
    context = {
        "lines": [_line(row) for row in found.rows],
        "next": found.next,
        "states": [(state.value, STATES[state.value]) for state in State],
        "plans": [(plan.id, PLANS[plan.id]) for plan in plans.FOR_SALE],
    }
    return staff.listing(request, "subscriptions", context)


@require_safe
@staff.staff_only
def subscription(request: PageRequest, subscription_id: UUID) -> HttpResponse:
    """What it is, its invoices and payments, and its story."""
    row = overseeing.subscription(subscription_id)
    bills = Invoice.objects.of(row.company_id).filter(subscription=row).exclude(status="deleted")
    payments = Payment.objects.of(row.company_id).filter(invoice__subscription=row)
    notes = CreditNote.objects.of(row.company_id).filter(invoice__subscription=row)
    context = {
        "line": _line(row),
        "discounts": redeeming.in_force(row),
        "tax_ids": tax_ids.of(row.company),
        "invoices": [
            (
                bill,
                INVOICES.get(bill.status, bill.status),
                [one for one in notes if one.invoice_id == bill.pk],
            )
            for bill in bills.order_by("-created_at")
        ],
        "payments": [_payment(one) for one in payments.order_by("-created_at")],
        "reasons": texts.REFUND_REASONS.items(),
        "steps": texts.told(story.of_subscription(row)),
    }
    return staff.page(request, "subscription", context)


@require_POST
@staff.staff_only
def refund(request: PageRequest, payment_id: UUID) -> HttpResponse:
    """Give a payment back: the amount that was typed, or all that is left."""
    found = overseeing.payment(payment_id)

    def deed() -> Refund:
        typed = request.POST.get("valor", "").strip()
        return refunding.refund(
            payment=found,
            reason=request.POST.get("motivo", ""),
            by=actor(request),
            amount_cents=_cents(typed) if typed else None,
        )

    staff.tried(request, deed, "refunded")
    bill = found.invoice
    if bill is None or bill.subscription_id is None:
        return redirect("staff-subscriptions")
    return redirect("staff-subscription", bill.subscription_id)


class AmountInvalid(Invalid):
    """No amount as a person writes one."""

    code = "invalid_amount"


def _cents(typed: str) -> int:
    """Raises AmountInvalid."""
    try:
        return int(AmountField().clean(typed))
    except ValidationError:
        raise AmountInvalid(field="valor") from None


def _line(row: Subscription) -> dict[str, object]:
    return {
        "row": row,
        "plan": PLANS.get(row.plan_id, row.plan_id),
        "period": PERIODS.get(row.period, row.period),
        "state": STATES[row.state.value],
        "tone": texts.STATE_TONES[row.state.value],
        "next": PLANS.get(row.next_plan_id),
    }


def _payment(row: Payment) -> dict[str, object]:
    refunds = Refund.objects.of(row.company_id).filter(payment=row).order_by("created_at")
    return {
        "row": row,
        "status": texts.PAYMENTS[row.status],
        "tone": texts.PAYMENT_TONES[row.status],
        "left": refunding.left_cents(row),
        "refunds": [(one, texts.REFUNDS.get(one.status, one.status)) for one in refunds],
    }
