"""Telling the owners of a company about money, each thing once; which channels is the readers' own choice."""

from django.db import transaction

from financehub.billing.models import Notice
from financehub.companies.models import Company
from financehub.core import clock
from financehub.notifications import telling


def tell_once(company: Company, kind: str, *, about: str, words: dict[str, str] | None = None) -> bool:
    """Tell every owner, unless that was done before; whether it was now. The texts are `billing/email/<kind>`.

    The message leads to our own pages: Stripe's addresses stay sealed in their rows.
    An owner who comes later is not told of what was said before.
    """
    with transaction.atomic():
        _, is_new = Notice.objects.of(company).get_or_create(
            kind=kind, subject=about, defaults={"company": company, "created_at": clock.now()}
        )
        if is_new:
            telling.tell(company, kind, key=about, words=words)
    return is_new
