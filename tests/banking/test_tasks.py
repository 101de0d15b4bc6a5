"""The doors for Celery: whatever a broker does with a message, the rows decide."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.banking.stories import Bank
from tests.builders import make_item
from tests.simulator import Simulator

from financehub.audit.recording import SYSTEM
from financehub.banking import requesting, tasks
from financehub.banking.models import Sync

TIMED = [tasks.items_to_look_at, tasks.stale_items, tasks.connected_items, tasks.items_for_full_sync]


@pytest.mark.django_db
@pytest.mark.parametrize("task", TIMED)
def test_the_clock_asks_nothing_where_pluggy_is_off(
    simulator: Simulator, settings: Any, task: Callable[[], list[UUID]]
) -> None:
    item = make_item(last_sync_at=None)
    assert task() == [item.pk]
    settings.PLUGGY_CLIENT_ID = ""
    assert (task(), tasks.sweep()) == ([], 0)
    assert not Sync.objects.across_companies().exists()


@pytest.mark.django_db
def test_a_message_about_a_row_that_is_gone_is_harmless() -> None:
    tasks.run_sync(sync_id=str(uuid4()))
    tasks.observe_item(item_id=str(uuid4()))


def test_a_message_that_comes_twice_syncs_once(bank: Bank) -> None:
    sync = requesting.request_sync(item=bank.item, trigger="timer", by=SYSTEM)
    for _ in range(2):
        tasks.run_sync(sync_id=str(sync.pk))
    sync.refresh_from_db()
    assert (sync.status, sync.attempts) == ("SUCCEEDED", 1)


def test_a_look_tells_why_it_was_taken(synced_bank: Bank) -> None:
    synced_bank.collect()
    tasks.observe_item(item_id=str(synced_bank.item.pk), trigger="timer")
    assert Sync.objects.of(synced_bank.company).open().get().trigger == "timer"


def test_each_part_of_a_timed_run_does_one_connection(synced_bank: Bank) -> None:
    key = str(synced_bank.item.pk)
    synced_bank.collect()
    tasks.look_at(item_id=key)
    assert Sync.objects.of(synced_bank.company).open().get().trigger == "timer"
    assert tasks.sync_in_full(item_id=key)
    assert Sync.objects.of(synced_bank.company).open().get().is_full
    tasks.check_consents_of(item_id=key)
    assert [tasks.check_months_of(item_id=key), tasks.forecast_quotas(), tasks.clean_up()] == [0, 0, 0]
