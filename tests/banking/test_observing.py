"""Looking at an Item: a copy of the vendor's state, however often and in whatever order."""

from datetime import timedelta

import pytest
from tests.banking.stories import Bank
from tests.builders import make_item

from financehub.banking import observing
from financehub.banking.models import Item, Sync
from financehub.core import clock, events


def test_news_asks_for_the_first_sync(bank: Bank) -> None:
    observing.observe_item(item=bank.item)
    sync = Sync.objects.of(bank.company).get()
    assert (sync.trigger, sync.status) == ("first", "PENDING")


def test_looking_again_without_change_publishes_nothing(synced_bank: Bank) -> None:
    synced_bank.item.refresh_from_db()
    observing.observe_item(item=synced_bank.item)
    before = events.last_number(synced_bank.company.pk)
    observing.observe_item(item=synced_bank.item)
    assert events.last_number(synced_bank.company.pk) == before
    assert Sync.objects.of(synced_bank.company).count() == 1


def test_an_older_snapshot_never_overwrites_a_newer_one(bank: Bank) -> None:
    old = bank.simulator.client().fetch_item(bank.vendor_id)
    bank.collect()
    new = bank.simulator.client().fetch_item(bank.vendor_id)
    observing.mirror(item=bank.item, snapshot=new)
    item = observing.mirror(item=bank.item, snapshot=old)
    assert item.last_updated_at == new.last_updated_at


def test_an_item_that_is_gone_ends_once(bank: Bank) -> None:
    bank.simulator.client().delete_item(bank.vendor_id)
    item = observing.observe_item(item=bank.item)
    ended_at = item.disconnected_at
    assert (item.error_code, observing.observe_item(item=item).disconnected_at) == ("ITEM_DELETED", ended_at)


@pytest.mark.parametrize(
    ("age", "left", "expected"),
    [
        (0, None, 3),
        (59, None, 3),
        (61, None, 10),
        (601, None, 30),
        (-900, None, 3),
        (601, 12, 12),
        (601, -5, 3),
    ],
)
@pytest.mark.django_db
def test_a_wait_is_looked_at_less_often_the_longer_it_takes(
    age: int, left: int | None, expected: float
) -> None:
    at = clock.now()
    item = make_item(
        status="WAITING_USER_ACTION",
        vendor_updated_at=at - timedelta(seconds=age),
        action_expires_at=None if left is None else at + timedelta(seconds=left),
    )
    assert observing._pause(item) == expected


def test_a_connection_that_is_removed_meanwhile_is_not_made_again(bank: Bank) -> None:
    snapshot = bank.simulator.client().fetch_item(bank.vendor_id)
    Item.objects.of(bank.company).delete()
    with pytest.raises(observing.ItemRemoved):
        observing.mirror(item=bank.item, snapshot=snapshot)
    assert not Item.objects.of(bank.company).exists()
