"""Credit notes: the parts of an invoice that were taken back, copied from Stripe."""

from datetime import datetime

from django.db import transaction

from financehub.audit.recording import Target, record
from financehub.billing import following, mirroring, stripe_account
from financehub.billing.models import CreditNote, Invoice
from financehub.billing.moments import moment
from financehub.core import clock, events
from financehub.providers.stripe import shapes
from financehub.providers.stripe.errors import StripeMissing


def mirror_credit_note(stripe_id: str) -> CreditNote | None:
    """Read a credit note and its invoice again; None when it is nobody's here."""
    started = clock.now()
    try:
        found = stripe_account.account().credit_note(stripe_id)
    except StripeMissing:
        return None
    invoice = following.invoice_news(found.invoice)
    return _keep(invoice, found, started) if invoice is not None else None


def _keep(invoice: Invoice, found: shapes.CreditNote, started: datetime) -> CreditNote:
    fields: dict[str, object] = {
        "invoice": invoice,
        "status": found.status,
        "number": found.number or "",
        "currency": found.currency,
        "amount_cents": found.amount,
        "reason": found.reason or "",
        "pdf_url": found.pdf,
        "created_at": moment(found.created),
    }
    with transaction.atomic():
        row, _, is_changed = mirroring.keep(CreditNote, invoice.company_id, found.id, fields, started)
        if is_changed:
            target = Target("credit_note", row.pk, {"status": row.status, "amount_cents": row.amount_cents})
            record("billing.credit_note_changed", by=mirroring.VENDOR, on=target, company_id=row.company_id)
            events.publish(row.company_id, "invoice", invoice.pk)
    return row
