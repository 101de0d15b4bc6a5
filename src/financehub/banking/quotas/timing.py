"""When a timer has something to look for: not before the vendor's own next run."""

from datetime import datetime

from django.db.models import F

from financehub.banking.models.items import ItemQuerySet


def due_for_a_look(items: ItemQuerySet, *, at: datetime) -> ItemQuerySet:
    """Without Items that are read up to date and whose `nextAutoSyncAt` is still to come."""
    return items.exclude(next_auto_sync_at__gt=at, read_up_to__isnull=False, read_up_to=F("last_updated_at"))
