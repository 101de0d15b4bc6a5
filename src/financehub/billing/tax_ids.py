"""CPF and CNPJ on the invoices: checked here, kept as rows, given to Stripe, and copied back from there."""

from datetime import datetime

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.billing import customers, stripe_account
from financehub.billing.models import Customer, TaxId
from financehub.billing.moments import moment
from financehub.companies import access
from financehub.companies.models import Company, User
from financehub.companies.permissions import Permission
from financehub.core import clock, documents, events, locks
from financehub.core.errors import Invalid
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing, StripeRefused, StripeUnavailable

KINDS = {"br_cpf": documents.is_cpf, "br_cnpj": documents.is_cnpj}


class TaxIdInvalid(Invalid):
    """Neither a CPF nor a CNPJ, or one that Stripe does not take."""

    code = "tax_id_invalid"


def kind_of(number: str) -> str | None:
    """Stripe's word for a document without punctuation; None when its check digits are wrong."""
    return next((kind for kind, is_one in KINDS.items() if is_one(number)), None)


def of(company: Company) -> list[TaxId]:
    """What is printed on the invoices now."""
    rows = TaxId.objects.of(company).filter(deleted_at=None, is_refused=False).exclude(stripe_id=None)
    return list(rows.order_by("created_at"))


def set_tax_id(*, company: Company, user: User, document: str, by: Actor) -> TaxId:
    """Put this document on the invoices to come, in place of the one before. Raises Denied, TaxIdInvalid."""
    access.require(by=by, company=company, permission=Permission.MANAGE_BILLING)
    number = documents.compact(document)
    kind = kind_of(number)
    if kind is None:
        raise TaxIdInvalid(field="document")
    customer = customers.ensure(company=company, user=user, by=by)
    with locks.lease(f"billing-tax-id:{company.pk}", seconds=120, wait=20):
        row = next((one for one in of(company) if one.number == number), None)
        if row is None:
            row = _make(customer, kind, number, by)
        _drop_others(customer, row)
    return row


def _make(customer: Customer, kind: str, number: str, by: Actor) -> TaxId:
    row = _row_for(customer, kind, number, by)
    account = stripe_account.account()
    try:
        made = account.create_tax_id(str(customer.stripe_id), kind, number, key=f"tax:{row.pk}")
    except StripeUnavailable:
        raise
    except StripeRefused as refused:
        TaxId.objects.of(customer.company_id).filter(pk=row.pk).update(is_refused=True)
        raise TaxIdInvalid(field="document", reason=refused.code) from refused
    TaxId.objects.of(customer.company_id).filter(pk=row.pk).update(stripe_id=made.id)
    row.refresh_from_db()
    return row


def _row_for(customer: Customer, kind: str, number: str, by: Actor) -> TaxId:
    """A new row, or the one whose call had no answer."""
    unsent = TaxId.objects.of(customer.company_id).filter(stripe_id=None, is_refused=False, kind=kind)
    known = next((row for row in unsent if row.number == number), None)
    if known is not None:
        return known
    at = clock.now()
    with transaction.atomic():
        row = TaxId.objects.create(
            company_id=customer.company_id,
            kind=kind,
            number=number,
            last_digits=number[-4:],
            created_at=at,
            observed_at=at,
        )
        target = Target("tax_id", row.pk, {"kind": kind})
        record("billing.tax_id_set", by=by, on=target, company_id=customer.company_id)
    return row


def _drop_others(customer: Customer, row: TaxId) -> None:
    """Stripe prints every tax id there is: the new one takes the place of the old."""
    for old in TaxId.objects.of(customer.company_id).filter(deleted_at=None).exclude(pk=row.pk):
        if old.stripe_id:
            stripe_account.account().delete_tax_id(str(customer.stripe_id), old.stripe_id)
        TaxId.objects.of(customer.company_id).filter(pk=old.pk).update(deleted_at=clock.now())


def mirror_tax_ids(customer_id: str) -> Customer | None:
    """Read a customer's tax ids again, wherever they were typed; None when it is nobody's here."""
    started = clock.now()
    customer = Customer.objects.across_companies().filter(stripe_id=customer_id).first()
    if customer is None:
        return None
    try:
        found = stripe_account.account().tax_ids(customer_id)
    except StripeMissing:
        found = []
    with transaction.atomic():
        for one in found:
            _keep(customer, one, started)
        rows = TaxId.objects.of(customer.company_id).filter(deleted_at=None, observed_at__lte=started)
        gone = rows.exclude(stripe_id=None).exclude(stripe_id__in=[one.id for one in found])
        gone.update(deleted_at=started)
        events.publish(customer.company_id, "subscription", customer.pk)
    return customer


def _keep(customer: Customer, found: shapes.TaxId, started: datetime) -> None:
    rows, number = TaxId.objects.of(customer.company_id), documents.compact(found.value)
    unsent = next((row for row in rows.filter(stripe_id=None, deleted_at=None) if row.number == number), None)
    if unsent is not None and not rows.filter(stripe_id=found.id).exists():
        rows.filter(pk=unsent.pk, stripe_id=None).update(stripe_id=found.id)
    row, is_new = rows.get_or_create(
        stripe_id=found.id,
        defaults={
            "company_id": customer.company_id,
            "kind": found.type,
            "number": number,
            "last_digits": number[-4:],
            "created_at": moment(found.created),
            "observed_at": started,
        },
    )
    if not is_new:
        rows.filter(pk=row.pk, observed_at__lte=started).update(deleted_at=None, observed_at=started)
