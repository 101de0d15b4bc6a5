"""Stripe's own page for cards, plan, cancelling and invoices: a fresh address per click."""

from typing import Any

from django.conf import settings

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying, stripe_account
from financehub.billing.models import Customer
from financehub.companies import access
from financehub.companies.models import Company
from financehub.companies.permissions import Permission
from financehub.core.errors import Conflict

MARK = "finance_hub"  # the portal configuration that `setup_stripe` keeps carries this in its metadata


class NoCustomer(Conflict):
    """The company never bought anything."""

    code = "no_customer"


def open_portal(*, company: Company, by: Actor, flow: str = "") -> str:
    """The address; `flow` may be payment_method_update. Raises Denied, NoCustomer, StripeCallFailed."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    customer = Customer.objects.of(company).filter(deleted_at=None).exclude(stripe_id=None).first()
    if customer is None:
        raise NoCustomer
    account = stripe_account.account()
    params: dict[str, Any] = {
        "customer": customer.stripe_id,
        "return_url": f"{settings.PUBLIC_URL}/assinatura",
        "locale": "pt-BR",
    }
    ours = next((one for one in account.portal_configurations() if one.metadata.get(MARK)), None)
    if ours is not None:
        params["configuration"] = ours.id
    if flow:
        params["flow_data"] = {"type": flow}
    with keying.stored_key("portal", about=customer.pk, company_id=company.pk, params=params) as key:
        session = account.create_portal_session(params, key=key)
    record("billing.portal_opened", by=by, on=Target("customer", customer.pk), company_id=company.pk)
    return session.url
