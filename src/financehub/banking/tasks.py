"""Doors for Celery: ids in, one call. A message may come twice, late or never; the rows decide."""

from contextlib import suppress
from uuid import UUID

from celery import shared_task

from financehub.banking import observing, pluggy, scheduling, syncing
from financehub.banking.identity import pairing
from financehub.banking.models import Item, Sync


@shared_task(name="banking.run_sync")
def run_sync(*, sync_id: str) -> None:
    syncing.run_sync(sync_id=UUID(sync_id))


@shared_task(name="banking.observe_item")
def observe_item(*, item_id: str, trigger: str = Sync.Trigger.WEBHOOK) -> None:
    item = Item.objects.across_companies().select_related("connector").filter(pk=item_id).first()
    if item is not None:
        with suppress(observing.ItemRemoved):
            observing.observe_item(item=item, trigger=trigger)


@shared_task(name="banking.sync_all")
def sync_all() -> int:
    return scheduling.look_at_all() if pluggy.is_configured() else 0


@shared_task(name="banking.sync_stale")
def sync_stale() -> int:
    return scheduling.look_at_stale() if pluggy.is_configured() else 0


@shared_task(name="banking.sync_all_in_full")
def sync_all_in_full() -> int:
    return scheduling.sync_all_in_full() if pluggy.is_configured() else 0


@shared_task(name="banking.check_consents")
def check_consents() -> int:
    return scheduling.check_consents() if pluggy.is_configured() else 0


@shared_task(name="banking.check_months")
def check_months() -> int:
    return scheduling.check_months() if pluggy.is_configured() else 0


@shared_task(name="banking.check_months_of")
def check_months_of(*, item_id: str) -> int:
    return scheduling.check_months_of(UUID(item_id)) if pluggy.is_configured() else 0


@shared_task(name="banking.sweep")
def sweep() -> int:
    return scheduling.sweep() if pluggy.is_configured() else 0


@shared_task(name="banking.pair_transfers")
def pair_transfers(*, company_id: str) -> int:
    return pairing.pair_all(company_id=UUID(company_id))
