"""Ending a connection: at Pluggy first, then here; history stays when the person wants it."""

from contextlib import suppress

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking import pluggy
from financehub.banking.models import Item, Transaction
from financehub.core import clock, events
from financehub.providers.pluggy.errors import PluggyNotFound

ROWS_AT_ONCE = 1000


def disconnect(*, item: Item, by: Actor, keep_history: bool = False) -> None:
    """Delete at the vendor, which revokes the consent, then here. Repeating it is harmless."""
    with suppress(PluggyNotFound):  # already gone there: what is left is our half
        pluggy.client().delete_item(str(item.pluggy_id))
    if not keep_history:
        _remove_rows(item)
    with transaction.atomic():
        target = Target("item", item.pk, {"keep_history": keep_history, "connector_id": item.connector_id})
        record("open_finance.item_disconnected", by=by, on=target, company_id=item.company_id)
        events.publish(item.company_id, "item", item.pk)
        mine = Item.objects.of(item.company_id).filter(pk=item.pk)
        if keep_history:
            mine.filter(disconnected_at__isnull=True).update(
                disconnected_at=clock.now(), parameter=None, user_action=None
            )
        else:
            mine.delete()


def _remove_rows(item: Item) -> None:
    """A little at a time, so that nobody else waits long to write; when it is broken off, repeating goes on."""
    rows = Transaction.objects.of(item.company_id).filter(account__item=item)
    while keys := list(rows.values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        rows.filter(pk__in=keys).delete()
