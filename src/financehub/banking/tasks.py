"""Doors for Celery: ids in, one call. A message may come twice, late or never; the rows decide."""

from contextlib import suppress
from uuid import UUID

from celery import shared_task

from financehub.banking import observing, pluggy, scheduling, searching, syncing
from financehub.banking.identity import pairing
from financehub.banking.models import Item, Sync
from financehub.banking.noticing import bills, digests, news, quotas


@shared_task(name="banking.run_sync")
def run_sync(*, sync_id: str) -> None:
    syncing.run_sync(sync_id=UUID(sync_id))


@shared_task(name="banking.observe_item")
def observe_item(*, item_id: str, trigger: str = Sync.Trigger.WEBHOOK) -> None:
    item = Item.objects.across_companies().select_related("connector").filter(pk=item_id).first()
    if item is not None:
        with suppress(observing.ItemRemoved):
            observing.observe_item(item=item, trigger=trigger)


@shared_task(name="banking.items_to_look_at")
def items_to_look_at() -> list[UUID]:
    return scheduling.items_to_look_at() if pluggy.is_configured() else []


@shared_task(name="banking.stale_items")
def stale_items() -> list[UUID]:
    return scheduling.stale_items() if pluggy.is_configured() else []


@shared_task(name="banking.connected_items")
def connected_items() -> list[UUID]:
    return scheduling.connected_items() if pluggy.is_configured() else []


@shared_task(name="banking.items_for_full_sync")
def items_for_full_sync() -> list[UUID]:
    return scheduling.items_for_full_sync() if pluggy.is_configured() else []


@shared_task(name="banking.look_at")
def look_at(*, item_id: str) -> None:
    observe_item(item_id=item_id, trigger=Sync.Trigger.TIMER)


@shared_task(name="banking.sync_in_full")
def sync_in_full(*, item_id: str) -> bool:
    return scheduling.sync_in_full(UUID(item_id))


@shared_task(name="banking.check_consents_of")
def check_consents_of(*, item_id: str) -> None:
    scheduling.check_consents_of(UUID(item_id))


@shared_task(name="banking.check_months_of")
def check_months_of(*, item_id: str) -> int:
    return scheduling.check_months_of(UUID(item_id))


@shared_task(name="banking.forecast_quotas")
def forecast_quotas() -> int:
    return quotas.tell_ending_early()


@shared_task(name="banking.clean_up")
def clean_up() -> int:
    return scheduling.clean_up()


@shared_task(name="banking.sweep")
def sweep() -> int:
    return scheduling.sweep() if pluggy.is_configured() else 0


@shared_task(name="banking.make_words")
def make_words() -> int:
    return searching.catch_up()


@shared_task(name="banking.tell_of_sync")
def tell_of_sync(*, sync_id: str) -> bool:
    return news.tell_of_sync(UUID(sync_id))


@shared_task(name="banking.tell_digests")
def tell_digests() -> int:
    return digests.tell_digests()


@shared_task(name="banking.companies_with_cards")
def companies_with_cards() -> list[UUID]:
    return bills.companies_with_cards()


@shared_task(name="banking.tell_bills_of")
def tell_bills_of(*, company_id: str) -> int:
    return bills.tell_bills(UUID(company_id))


@shared_task(name="banking.pair_transfers")
def pair_transfers(*, company_id: str) -> int:
    return pairing.pair_all(company_id=UUID(company_id))
