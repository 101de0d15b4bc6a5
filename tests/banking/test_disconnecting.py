"""Ending a connection: at the vendor first, with or without its history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.banking.stories import Bank

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import disconnecting
from financehub.banking.models import Item, Transaction
from financehub.providers.pluggy.errors import PluggyNotFound


def test_everything_goes_when_no_history_is_wanted(synced_bank: Bank, by_ana: Actor) -> None:
    disconnecting.disconnect(item=synced_bank.item, by=by_ana)
    assert Item.objects.of(synced_bank.company).count() == 0
    assert Transaction.objects.of(synced_bank.company).count() == 0
    with pytest.raises(PluggyNotFound):
        synced_bank.simulator.client().fetch_item(synced_bank.vendor_id)
    assert AuditLog.objects.filter(action="open_finance.item_disconnected").count() == 1


def test_rows_go_a_little_at_a_time_so_that_others_may_write_between(
    synced_bank: Bank, by_ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disconnecting, "ROWS_AT_ONCE", 400)
    count = Transaction.objects.of(synced_bank.company).count()
    with CaptureQueriesContext(connection) as queries:
        disconnecting.disconnect(item=synced_bank.item, by=by_ana)
    removals = [q for q in queries if q["sql"].startswith('DELETE FROM "banking_transaction"')]
    assert len(removals) >= count / 400 > 3
    assert Transaction.objects.of(synced_bank.company).count() == 0


def test_history_stays_when_it_is_wanted(synced_bank: Bank, by_ana: Actor) -> None:
    count = Transaction.objects.of(synced_bank.company).count()
    disconnecting.disconnect(item=synced_bank.item, by=by_ana, keep_history=True)
    item = Item.objects.of(synced_bank.company).get()
    assert (item.is_disconnected, Transaction.objects.of(synced_bank.company).count()) == (True, count)


def test_ending_it_twice_is_harmless(synced_bank: Bank, by_ana: Actor) -> None:
    for _ in range(2):
        disconnecting.disconnect(item=synced_bank.item, by=by_ana, keep_history=True)
    assert Item.objects.of(synced_bank.company).get().is_disconnected
