"""A Sync that did not end well: whose it is, how often it is tried again, and when it is given up."""

from datetime import timedelta

import pytest
from tests.banking.stories import Bank
from tests.banking.test_scheduling import make_sync
from tests.builders import make_item

from financehub.banking import retrying, syncing
from financehub.banking.models import Sync
from financehub.core import clock

GONE = timedelta(seconds=1)
SOONEST = timedelta(seconds=30)


def dying(row: Sync, times: int) -> list[tuple[str, int]]:
    """The Sync taken up and left by a dead worker so many times: its status, and how long it then waits."""
    seen = []
    for _ in range(times):
        Sync.objects.across_companies().filter(pk=row.pk).update(
            status="RUNNING", lease_until=clock.now() - GONE
        )
        row.refresh_from_db()
        assert retrying.take_over(row, soonest=SOONEST)
        seen.append((row.status, round((row.due_at - clock.now()).total_seconds())))
    return seen


@pytest.mark.django_db
def test_five_deployments_in_a_row_end_no_sync() -> None:
    row = make_sync(make_item())
    seen = dying(row, 5)
    assert [status for status, _ in seen] == ["PENDING"] * 5
    assert [wait for _, wait in seen] == [-30, -30, 30, 120, 600]  # at once at first, then ever later
    assert (row.deaths, row.failures) == (5, 0)


@pytest.mark.django_db
def test_a_sync_that_kills_every_worker_is_given_up_and_says_so() -> None:
    row = make_sync(make_item())
    seen = dying(row, retrying.MAX_DEATHS)
    assert [status for status, _ in seen] == ["PENDING"] * (retrying.MAX_DEATHS - 1) + ["FAILED"]
    assert (row.error_code, row.error_action, row.lease_until) == ("WORKER_DIED", "retry_with_backoff", None)


@pytest.mark.django_db
def test_two_who_find_a_dead_worker_take_it_over_once() -> None:
    row = make_sync(make_item(), status="RUNNING", lease_until=clock.now() - GONE)
    same = Sync.objects.across_companies().get(pk=row.pk)
    took = [retrying.take_over(one, soonest=SOONEST) for one in (row, same)]
    row.refresh_from_db()
    assert (took, row.deaths) == ([True, False], 1)


def test_a_try_that_ends_in_order_forgets_the_deaths_before_it(synced_bank: Bank) -> None:
    synced_bank.simulator.control("/faults", kind="error", status=503, path="/items")
    row = make_sync(synced_bank.item, deaths=7)
    syncing.run_sync(sync_id=row.pk, vendor=synced_bank.simulator.client())
    row.refresh_from_db()
    assert (row.status, row.failures, row.deaths) == ("PENDING", 1, 0)


@pytest.mark.parametrize(("failures", "status"), [(0, "PENDING"), (4, "FAILED")])
def test_a_vendor_that_is_down_is_asked_five_times(synced_bank: Bank, failures: int, status: str) -> None:
    synced_bank.simulator.control("/faults", kind="error", status=503, path="/items")
    row = make_sync(synced_bank.item, failures=failures, attempts=200)
    syncing.run_sync(sync_id=row.pk, vendor=synced_bank.simulator.client())
    row.refresh_from_db()
    assert (row.status, row.error_code) == (status, "SERVICE_UNAVAILABLE")


@pytest.mark.django_db
def test_waiting_for_a_bank_that_still_collects_is_no_failure() -> None:
    row = make_sync(make_item())
    for _ in range(10):
        assert syncing._claim(row)
        retrying.put_back(row, seconds=0)
    assert (row.status, row.attempts, row.failures) == ("PENDING", 10, 0)


def test_a_request_to_the_vendor_renews_an_old_lease_and_leaves_a_young_one(synced_bank: Bank) -> None:
    row = make_sync(synced_bank.item)
    assert syncing._claim(row)
    young = row.lease_until
    retrying.keep(row)
    assert row.lease_until == young
    row.lease_until = clock.now() + retrying.LEASE / 2
    retrying.keep(row)
    row.refresh_from_db()
    assert row.lease_until > clock.now() + retrying.LEASE - timedelta(seconds=5)
