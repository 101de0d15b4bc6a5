"""An unpaid renewal: attempts on day 3, 7 and 14 after the first failure, words before each, and the end.

Stripe's own retries are switched off; where it retries nevertheless, ours stand down.
"""

from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from financehub.audit.recording import SYSTEM, Target, record
from financehub.billing import attempting, mirroring, noticing, paying_links, stripe_account
from financehub.billing.models import DunningAttempt, DunningCase, Invoice, Payment
from financehub.billing.models.dunning import DAYS
from financehub.core import clock, events, locks
from financehub.core.each import for_each
from financehub.core.money import format_amount
from financehub.providers.stripe.errors import StripeCallFailed, StripeMissing, StripeRefused

RENEWALS = ("subscription_cycle", "subscription_update", "subscription_threshold")
HARD_ADVICE = "do_not_try_again"
HARD_CODES = {
    "lost_card",
    "stolen_card",
    "pickup_card",
    "expired_card",
    "incorrect_number",
    "invalid_account",
    "fraudulent",
    "merchant_blacklist",
    "restricted_card",
    "security_violation",
    "stop_payment_order",
    "revocation_of_authorization",
    "revocation_of_all_authorizations",
}
ACTION_CODES = {"authentication_required"}
NOTICE_BEFORE = timedelta(days=1)
AGAIN_WHEN_AWAY = timedelta(minutes=15)
CLOCKS_DIFFER = timedelta(minutes=10)  # Stripe's and ours, at most

Status, Refusal = DunningCase.Status, DunningCase.Refusal
log = structlog.get_logger()


def follow(invoice: Invoice) -> DunningCase | None:
    """Open, keep or close the case of an invoice by what its mirror says; safe in any order."""
    case = DunningCase.objects.of(invoice.company_id).filter(invoice=invoice).first()
    if invoice.status == "paid":
        return _close(case, Status.PAID) if case else None
    if _is_given_up(invoice) or (_is_over(invoice) and not _is_last_day(case, invoice)):
        return _close(case, Status.STOPPED) if case and case.status == Status.OPEN else case
    if case is None and _has_failed(invoice):
        return _open(invoice)
    if case is not None and case.status == Status.OPEN:
        DunningCase.objects.of(case.company_id).filter(pk=case.pk).update(refusal=refusal_of(invoice))
        case.refresh_from_db()
    return case


def _is_given_up(invoice: Invoice) -> bool:
    """By whoever works at Stripe. Our own last day writes the debt off too, but has ended the subscription before."""
    is_written_off = invoice.status == "uncollectible" and not _is_over(invoice)
    return is_written_off or invoice.status in ("void", "deleted")


def _is_over(invoice: Invoice) -> bool:
    return invoice.subscription is not None and invoice.subscription.ended_at is not None


def _is_last_day(case: DunningCase | None, invoice: Invoice) -> bool:
    """It ended because its time was over: then the clock brings the case to its end too, however often interrupted."""
    ended_at = invoice.subscription.ended_at if invoice.subscription else None
    return case is not None and ended_at is not None and ended_at >= case.ends_at - CLOCKS_DIFFER


def _has_failed(invoice: Invoice) -> bool:
    """A renewal that was tried and is still owed. A boleto that waits to be paid has not failed."""
    payment = last_payment(invoice)
    is_waiting = payment is not None and payment.waits_for.startswith("boleto")
    return (
        invoice.status == "open"
        and invoice.billing_reason in RENEWALS
        and invoice.collection_method == "charge_automatically"
        and invoice.is_attempted
        and invoice.remaining_cents > 0
        and invoice.subscription is not None
        and invoice.subscription.status in ("past_due", "active", "unpaid")
        and not is_waiting
    )


def last_payment(invoice: Invoice) -> Payment | None:
    """The newest try at paying an invoice."""
    return Payment.objects.of(invoice.company_id).filter(invoice=invoice).order_by("-created_at").first()


def refusal_of(invoice: Invoice) -> str:
    """May the same card work another day, never, or only with the payer?"""
    payment = last_payment(invoice)
    if payment is None:
        return Refusal.SOFT
    if payment.waits_for or payment.failure_code in ACTION_CODES:
        return Refusal.ACTION
    is_hard = payment.failure_advice == HARD_ADVICE or payment.failure_code in HARD_CODES
    return Refusal.HARD if is_hard else Refusal.SOFT


def _open(invoice: Invoice) -> DunningCase:
    """The clock starts when the invoice was first charged, so that a late event does not give more days."""
    first = invoice.finalized_at or invoice.created_at
    with transaction.atomic():
        case, is_new = DunningCase.objects.of(invoice.company_id).get_or_create(
            invoice=invoice,
            defaults={
                "company_id": invoice.company_id,
                "refusal": refusal_of(invoice),
                "first_failed_at": first,
                "next_at": first + timedelta(days=DAYS[0]),
            },
        )
        if is_new:
            _say(case, "dunning_opened")
            noticing.tell_once(invoice.company, "payment_failed", about=invoice.stripe_id, words=words(case))
    return case


def _close(case: DunningCase, status: str) -> DunningCase:
    with transaction.atomic():
        if case.try_move_to(status, closed_at=clock.now(), next_at=None):
            _say(case, f"dunning_{status}")
            if status == Status.PAID:
                about = case.invoice.stripe_id
                noticing.tell_once(case.invoice.company, "payment_recovered", about=about, words=words(case))
    return case


def _say(case: DunningCase, what: str) -> None:
    target = Target("dunning_case", case.pk, {"refusal": case.refusal, "number": case.next_number})
    record(f"billing.{what}", by=SYSTEM, on=target, company_id=case.company_id)
    events.publish(case.company_id, "subscription", case.pk)


def words(case: DunningCase) -> dict[str, str]:
    """What a mail about the case says: the amount, the last day and where to pay, nothing about the card."""
    last = case.ends_at.astimezone(clock.SAO_PAULO)
    amount = format_amount(case.invoice.remaining_cents or case.invoice.total_cents)
    return {
        "amount": amount,
        "last_day": last.strftime("%d/%m/%Y"),
        "refusal": case.refusal,
        "pay_link": paying_links.link(case.invoice),
    }


# -- the clock -------------------------------------------------------------------------------------


def run(*, at: datetime | None = None) -> int:
    """Of each open case: warn before what comes, then do what is due; how many moved. The beat calls it.

    Raises SomeFailed.
    """
    at = at or clock.now()
    cases = DunningCase.objects.across_companies().filter(status=Status.OPEN, next_at__isnull=False)
    near = cases.filter(next_at__lte=at + NOTICE_BEFORE).select_related("invoice__company")
    return sum(for_each(near.order_by("next_at"), partial(_looked_after, at=at)))


def _looked_after(case: DunningCase, *, at: datetime) -> bool:
    due_at = case.next_at or at
    _warn(case, is_today=_day_of(due_at) <= _day_of(at))
    return due_at <= at and _moved(case, at)


def _warn(case: DunningCase, *, is_today: bool) -> None:
    """A day before, or on the day itself when the clock had stood still."""
    kind = "payment_last_warning" if case.next_number >= len(DAYS) else "payment_retry"
    about = f"{case.invoice.stripe_id}:{case.next_number}"
    said = {**words(case), "is_today": "yes" if is_today else ""}
    noticing.tell_once(case.invoice.company, kind, about=about, words=said)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(clock.SAO_PAULO).date()


def _moved(case: DunningCase, at: datetime) -> bool:
    try:
        with locks.lease(f"dunning:{case.pk}", seconds=300):
            return advance(case, at)
    except locks.LockBusy:
        return False
    except StripeCallFailed as error:
        log.warning("dunning_waits", case_id=str(case.pk), error=str(error))
        DunningCase.objects.of(case.company_id).filter(pk=case.pk).update(next_at=at + AGAIN_WHEN_AWAY)
        return False


def advance(case: DunningCase, at: datetime) -> bool:
    """One due step: look at Stripe, try where trying may help, plan the next day or end it. Raises StripeCallFailed."""
    fresh = _looked_at(case)
    if fresh.status != Status.OPEN or fresh.next_at is None or fresh.next_at > at:
        return False
    number = _due_number(fresh, at)
    if _may_try(fresh):
        attempting.attempt(
            fresh, trigger=f"day_{DAYS[number - 1]}", key=f"pay:{fresh.invoice.stripe_id}:{number}"
        )
        fresh = _looked_at(fresh)
    if fresh.status != Status.OPEN:
        return True
    if number >= len(DAYS):
        give_up(fresh)
        return True
    following = fresh.first_failed_at + timedelta(days=DAYS[number])
    own = DunningCase.objects.of(fresh.company_id).filter(pk=fresh.pk, status=Status.OPEN)
    is_ours = own.filter(next_number=fresh.next_number)
    return bool(is_ours.update(next_number=number + 1, next_at=following))


def _due_number(case: DunningCase, at: datetime) -> int:
    """The last of the days that have come: one that nobody looked on is over, and not made up for."""
    come = [number for number, day in enumerate(DAYS, 1) if case.first_failed_at + timedelta(days=day) <= at]
    return max([case.next_number, *come])


def _may_try(case: DunningCase) -> bool:
    """A hard refusal and a question to the payer are asked about, not repeated; Stripe's own retry goes first."""
    is_theirs = case.invoice.vendor_retries_at is not None or _is_over(case.invoice)
    return case.refusal == Refusal.SOFT and not is_theirs


def _looked_at(case: DunningCase) -> DunningCase:
    invoice = mirroring.mirror_invoice(case.invoice.stripe_id)
    if invoice is not None:
        follow(invoice)
    rows = DunningCase.objects.of(case.company_id).select_related("invoice__company", "invoice__subscription")
    return rows.get(pk=case.pk)


def give_up(case: DunningCase) -> None:
    """Day 14: the subscription ends, the debt is written off, both at Stripe first. Raises StripeCallFailed."""
    account, subscription = stripe_account.account(), case.invoice.subscription
    if subscription is not None and subscription.ended_at is None:
        try:
            account.cancel_subscription(subscription.stripe_id, "dunning exhausted")
        except StripeMissing:
            log.warning("dunning_subscription_gone", case_id=str(case.pk))
    try:
        account.give_up_invoice(case.invoice.stripe_id, key=f"uncollectible:{case.pk}")
    except StripeRefused as error:  # paid or voided in this very moment: the mirror says which
        log.info("dunning_not_written_off", case_id=str(case.pk), error=str(error))
    with transaction.atomic():
        if case.try_move_to(Status.GIVEN_UP, closed_at=clock.now(), next_at=None):
            _say(case, "dunning_given_up")
            about = case.invoice.stripe_id
            noticing.tell_once(case.invoice.company, "subscription_ended", about=about, words=words(case))
    invoice = mirroring.mirror_invoice(case.invoice.stripe_id)
    if invoice is not None:
        follow(invoice)


def try_new_card(company_id: UUID, method_id: str, since: datetime, *, expiry: str = "") -> int:
    """A card that came after the failure is tried at once on every open case, the oldest first.

    The clock goes on as it was. A card from before (told late) is no news; `expiry` makes it another card.
    """
    card = f"pm:{method_id}:{expiry}" if expiry else f"pm:{method_id}"
    begun = DunningAttempt.objects.of(company_id).filter(key__endswith=f":{card}")
    unfinished = begun.filter(outcome=DunningAttempt.Outcome.UNKNOWN, case__status=Status.PAID).values(
        "case_id"
    )
    is_wanted = Q(status=Status.OPEN, first_failed_at__lte=since) | Q(pk__in=unfinished)
    tried = 0
    for found in DunningCase.objects.of(company_id).filter(is_wanted).order_by("first_failed_at"):
        case = _looked_at(found)
        key = f"pay:{case.invoice.stripe_id}:{card}"
        if case.status == Status.OPEN or (case.status == Status.PAID and begun.filter(key=key).exists()):
            attempting.attempt(case, trigger="new_card", key=key, method_id=method_id)
            tried += 1
            _looked_at(case)
    return tried
