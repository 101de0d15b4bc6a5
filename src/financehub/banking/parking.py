"""Saying no to an Item that nobody here asked for."""

from contextlib import suppress

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking import pluggy
from financehub.banking.models import ParkedItem
from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.errors import NotFound
from financehub.providers.pluggy.errors import PluggyNotFound


def refuse_parked(*, parked: ParkedItem, company: Company, by: Actor) -> None:
    """Delete it at the vendor, which revokes the consent, and ask nobody again. Raises NotFound."""
    if parked.company_id != company.pk:
        raise NotFound("ParkedItem not found")
    with suppress(PluggyNotFound):  # already gone there: only our question is left
        pluggy.client().delete_item(str(parked.pluggy_id))
    with transaction.atomic():
        ParkedItem.objects.filter(pk=parked.pk, resolved_at__isnull=True).update(resolved_at=clock.now())
        record(
            "open_finance.parked_item_refused",
            by=by,
            on=Target("parked_item", parked.pk),
            company_id=company.pk,
        )
        events.publish(company.pk, "item", parked.pluggy_id)
