"""Buying a plan: one open Checkout a company, one live subscription, and a page that grants nothing by itself."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import customers, mirroring, plans, stripe_account
from financehub.billing.models import Checkout, Customer, Subscription
from financehub.billing.plans import Period, Plan
from financehub.companies import access
from financehub.companies.models import Company, User
from financehub.companies.permissions import Permission
from financehub.core import clock, events, locks
from financehub.core.errors import Conflict, Invalid, NotConfigured
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeRefused

LIFETIME = timedelta(hours=1)
RETURN_PATH = "/assinatura/retorno"
CANCEL_PATH = "/assinatura"


class PlanUnknown(Invalid):
    """There is no such plan for sale."""

    code = "invalid_plan"


class AlreadySubscribed(Conflict):
    """The company has a live subscription: change that one."""

    code = "already_subscribed"


class CatalogueMissing(NotConfigured):
    """Stripe does not know this plan's price: run `financehub setup_stripe`."""

    code = "stripe_catalogue_missing"


def offer_of(plan_id: str, period: str) -> tuple[Plan, Period]:
    """What a caller named. Raises PlanUnknown."""
    plan = plans.find(plan_id)
    if plan is None or period not in list(Period):
        raise PlanUnknown(field="plan" if plan is None else "period", plans=list(plans.BY_ID))
    return plan, Period(period)


def start_checkout(
    *, company: Company, user: User, plan_id: str, period: str, by: Actor, at: datetime | None = None
) -> shapes.Session:
    """A session whose `url` is Stripe's page. Raises Denied, PlanUnknown, AlreadySubscribed, StripeCallFailed."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    plan, paid = offer_of(plan_id, period)
    customer = customers.ensure(company=company, user=user, by=by)
    with locks.lease(f"billing-checkout:{company.pk}", seconds=120, wait=20):
        _require_no_subscription(company, customer)
        price = price_id(plan, paid)
        _close_open_checkout(company)
        checkout = _begin(company, user, (plan, paid), by, at or clock.now())
        session = stripe_account.account().create_session(
            _params(checkout, customer, price), key=f"checkout:{checkout.pk}"
        )
        Checkout.objects.of(company).filter(pk=checkout.pk).update(stripe_id=session.id)
    return session


def _require_no_subscription(company: Company, customer: Customer) -> None:
    """Asks Stripe too: a payment of a minute ago may not have been told yet."""
    if not Subscription.objects.of(company).live().exists():
        mirroring.mirror_subscriptions_of(customer)
    if Subscription.objects.of(company).live().exists():
        raise AlreadySubscribed


def price_id(plan: Plan, period: Period) -> str:
    """Stripe's id of what a plan costs. Raises CatalogueMissing."""
    found = stripe_account.account().prices([plan.lookup_key(period)])
    fitting = [price for price in found if price.unit_amount == plan.price_cents(period)]
    if not fitting:
        raise CatalogueMissing(price=plan.lookup_key(period))
    return fitting[0].id


def _close_open_checkout(company: Company) -> None:
    """An older page must not be paid as well. One that was paid meanwhile is a subscription: refuse."""
    for old in Checkout.objects.of(company).filter(status=Checkout.Status.OPEN):
        if old.stripe_id is not None and _is_paid(old):
            mirror_checkout(old.stripe_id)
            raise AlreadySubscribed
        _end(old, Checkout.Status.EXPIRED)


def _is_paid(old: Checkout) -> bool:
    account, session_id = stripe_account.account(), str(old.stripe_id)
    if account.session(session_id).status == "open":
        try:
            account.expire_session(session_id, key=f"expire:{old.pk}")
        except StripeRefused:
            return account.session(session_id).status == "complete"
        return False
    return account.session(session_id).status == "complete"


def _begin(company: Company, user: User, offer: tuple[Plan, Period], by: Actor, at: datetime) -> Checkout:
    plan, period = offer
    with transaction.atomic():
        checkout = Checkout.objects.create(
            company=company,
            user_id=user.pk,
            plan_id=plan.id,
            period=period,
            created_at=at,
            expires_at=at + LIFETIME,
        )
        facts = {"plan": plan.id, "period": period.value}
        target = Target("checkout", checkout.pk, dict(facts))
        record("billing.checkout_started", by=by, on=target, company_id=company.pk)
    return checkout


def _params(checkout: Checkout, customer: Customer, price: str) -> dict[str, object]:
    company_id = str(checkout.company_id)
    metadata = {"company_id": company_id, "plan_id": checkout.plan_id, "billing_period": checkout.period}
    return {
        "mode": "subscription",
        "customer": customer.stripe_id,
        "client_reference_id": company_id,
        "locale": "pt-BR",
        "line_items": [{"price": price, "quantity": 1}],
        "allowed_payment_method_types": ["card", "boleto"],
        "payment_method_options": {"boleto": {"expires_after_days": 3}},
        "subscription_data": {"metadata": metadata, "billing_mode": {"type": "flexible"}},
        "metadata": {**metadata, "checkout_id": str(checkout.pk)},
        "allow_promotion_codes": True,
        "billing_address_collection": "auto",
        "success_url": f"{settings.PUBLIC_URL}{RETURN_PATH}?checkout={checkout.pk}",
        "cancel_url": f"{settings.PUBLIC_URL}{CANCEL_PATH}",
        "expires_at": int(checkout.expires_at.timestamp()),
    }


def mirror_checkout(session_id: str) -> Checkout | None:
    """Read a session again and let its subscription's own state decide; None when it is not ours."""
    checkout = Checkout.objects.across_companies().filter(stripe_id=session_id).first()
    if checkout is None:
        return None
    session = stripe_account.account().session(session_id)
    company_id = customers.company_of(session.customer)
    if company_id != checkout.company_id or session.client_reference_id != str(checkout.company_id):
        return None
    if session.subscription:
        Checkout.objects.of(checkout.company_id).filter(pk=checkout.pk).update(
            subscription_id_at_stripe=session.subscription
        )
        mirroring.mirror_subscription(session.subscription)
    if session.status == "complete":
        is_paid = session.payment_status in ("paid", "no_payment_required")
        _end(checkout, Checkout.Status.COMPLETE if is_paid else Checkout.Status.PROCESSING)
    elif session.status == "expired":
        _end(checkout, Checkout.Status.EXPIRED)
    checkout.refresh_from_db()
    return checkout


def fail_checkout(session_id: str) -> Checkout | None:
    """The payment that was under way did not come; another Checkout may begin."""
    checkout = mirror_checkout(session_id)
    if checkout is not None and checkout.status == Checkout.Status.PROCESSING:
        _end(checkout, Checkout.Status.FAILED)
    return checkout


def _end(checkout: Checkout, status: str) -> None:
    """Stripe's session says of a boleto that was not paid in time the same as before: what failed stays so."""
    over = [Checkout.Status.COMPLETE, status]
    over += [Checkout.Status.FAILED] if status == Checkout.Status.PROCESSING else []
    unfinished = Checkout.objects.of(checkout.company_id).filter(pk=checkout.pk).exclude(status__in=over)
    with transaction.atomic():
        if unfinished.update(status=status):
            events.publish(checkout.company_id, "subscription", checkout.pk)
    checkout.status = status
