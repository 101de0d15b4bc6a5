"""The company as a customer of Stripe: made once, found again, with its tax number."""

from uuid import UUID

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying, stripe_account
from financehub.billing.models import Customer
from financehub.companies.models import Company, User
from financehub.core import clock, locks
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing


def ensure(*, company: Company, user: User, by: Actor) -> Customer:
    """The company's customer, made at Stripe when there is none. Raises StripeCallFailed."""
    with locks.lease(f"billing-customer:{company.pk}", seconds=120, wait=20):
        customer = _row_of(company)
        if customer.stripe_id and customer.deleted_at is None:
            return customer
        made = _make(customer, company, user)
        with transaction.atomic():
            Customer.objects.of(company).filter(pk=customer.pk).update(stripe_id=made.id, deleted_at=None)
            record("billing.customer_made", by=by, on=Target("customer", made.id), company_id=company.pk)
        customer.refresh_from_db()
        return customer


def _make(customer: Customer, company: Company, user: User) -> shapes.Customer:
    """What is made by the key never changes, whoever asks again after a lost answer; who it is comes second."""
    account, metadata = stripe_account.account(), {"company_id": str(company.pk)}
    made = account.create_customer({"metadata": metadata}, key=_key(customer))
    params = _params(company, user)
    with keying.stored_key("customer", about=made.id, company_id=company.pk, params=params) as key:
        return account.update_customer(made.id, params, key=key)


def _row_of(company: Company) -> Customer:
    row, _ = Customer.objects.of(company).get_or_create(company=company, defaults={"created_at": clock.now()})
    return row


def _key(customer: Customer) -> str:
    """A customer that was deleted at Stripe gets a successor under another key."""
    suffix = f":{customer.deleted_at:%Y%m%d%H%M%S}" if customer.deleted_at else ""
    return f"cus:{customer.pk}{suffix}"


def _params(company: Company, user: User) -> dict[str, object]:
    return {
        "email": user.email,
        "name": company.name,
        "preferred_locales": ["pt-BR" if user.language.startswith("pt") else "en"],
    }


def company_of(stripe_id: str | None) -> UUID | None:
    """Whose customer this is, by our own binding; what metadata says binds nothing."""
    if not stripe_id:
        return None
    rows = Customer.objects.across_companies().filter(stripe_id=stripe_id)
    return rows.values_list("company_id", flat=True).first()


def mirror_customer(stripe_id: str) -> Customer | None:
    """Read the customer and its default card again; None when it is nobody's here."""
    row = Customer.objects.across_companies().filter(stripe_id=stripe_id).first()
    if row is None:
        return None
    account = stripe_account.account()
    try:
        found = account.customer(stripe_id)
    except StripeMissing:
        found = shapes.Customer(id=stripe_id, deleted=True)
    rows = Customer.objects.of(row.company_id).filter(pk=row.pk)
    if found.deleted:
        rows.filter(deleted_at=None).update(deleted_at=clock.now())
    else:
        method = found.invoice_settings.default_payment_method if found.invoice_settings else None
        if method:
            note_card(row, account.payment_method(method))
    row.refresh_from_db()
    return row


def note_card(row: Customer, method: shapes.PaymentMethod) -> None:
    """Remember what a person needs to recognise the card by."""
    if method.card is None:
        return
    card = method.card
    Customer.objects.of(row.company_id).filter(pk=row.pk).update(
        card_brand=card.brand, card_last4=card.last4, card_expires=f"{card.exp_year}-{card.exp_month:02d}"
    )
