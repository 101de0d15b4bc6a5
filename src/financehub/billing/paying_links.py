"""Links in mails that lead to the hosted page of one unpaid invoice: signed, they pay and show nothing of ours.

Whoever pays a company's bills may have no place here. Stripe's own address stays sealed in its row.
"""

from uuid import UUID

from django.conf import settings
from django.core import signing

from financehub.billing.models import Invoice

SALT = "billing.pay"
PAGE = "/assinatura/pagar"
OWED = ("open", "uncollectible")


def link(invoice: Invoice) -> str:
    """Our address for paying this invoice."""
    return f"{settings.PUBLIC_URL}{PAGE}/{_signer().sign(str(invoice.pk))}"


def hosted_page(token: str) -> str | None:
    """Stripe's page of the invoice; None when nothing is owed any more, and for what we did not sign."""
    try:
        key = UUID(_signer().unsign(token))
    except signing.BadSignature:
        return None
    invoice = Invoice.objects.across_companies().filter(pk=key, status__in=OWED).first()
    return invoice.page_url if invoice else None


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
