"""The doors for Celery: whatever a broker does with a message, the rows decide."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from tests.banking.stories import Bank
from tests.builders import make_item

from financehub.audit.recording import SYSTEM
from financehub.banking import requesting, tasks
from financehub.banking.models import Sync

TIMED = [tasks.sync_all, tasks.sync_stale, tasks.sync_all_in_full, tasks.check_consents, tasks.sweep]


@pytest.mark.django_db
@pytest.mark.parametrize("task", TIMED)
def test_the_clock_asks_nothing_where_pluggy_is_off(settings: Any, task: Callable[[], int]) -> None:
    settings.PLUGGY_CLIENT_ID = ""
    make_item(last_sync_at=None)
    assert task() == 0
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


def test_every_live_connection_is_looked_at_and_swept(bank: Bank) -> None:
    assert (tasks.sync_all(), tasks.sync_stale(), tasks.sync_all_in_full()) == (1, 1, 1)
    assert (tasks.check_consents(), tasks.sweep()) == (1, 0)
