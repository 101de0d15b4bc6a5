"""kill -9 between any two steps of a sync leaves a state from which the next sync reaches the same end."""

from datetime import timedelta

import pytest
from tests.banking.stories import Bank, connect, sync
from tests.journeys.killing import Road, road_to, sync_in_a_process
from tests.racing import race
from tests.simulator import Simulator

from financehub.banking import scheduling, syncing
from financehub.banking.models import Account, Sync, SyncAccount, Transaction
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db(transaction=True)

LAST = 99  # never reached
MUTATIONS = ("amount", "late", "backdated", "delete", "description")


@pytest.fixture
def bank(simulator: Simulator, bakery: Company) -> Bank:
    return connect(simulator, bakery)


def opened(bank: Bank, *, full: bool = False) -> Sync:
    at = clock.now()
    return Sync.objects.create(
        company=bank.company, item=bank.item, trigger="timer", is_full=full, due_at=at, requested_at=at
    )


def rows(bank: Bank) -> dict[str, int]:
    """What the product shows: vendor id and signed cents."""
    shown = Transaction.objects.of(bank.company).visible()
    return {str(key): cents for key, cents in shown.values_list("pluggy_id", "amount_cents")}


def truth(bank: Bank) -> dict[str, int]:
    """What the vendor shows of a year."""
    since = clock.today() - timedelta(days=365)
    found = {}
    for account in bank.simulator.client().fetch_accounts(bank.vendor_id):
        for page in bank.simulator.client().iter_transaction_pages(account.id, date_from=since):
            for row in page.rows:
                cents = abs(round((row.amount_in_account_currency or row.amount) * 100))
                found[row.id] = -cents if row.type == "DEBIT" else cents
    return found


def take_over(dead: Sync) -> Sync:
    """The lease runs out, the sweeper offers the Sync again, another worker runs it."""
    Sync.objects.of(dead.company_id).filter(pk=dead.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    scheduling.sweep()
    syncing.run_sync(sync_id=dead.pk)
    dead.refresh_from_db()
    return dead


def kill_at(road: Road, bank: Bank, dead: Sync, request: int, grace: float | None) -> None:
    road.fatal, road.grace = request, grace
    assert sync_in_a_process(dead.pk, road) == -9
    dead.refresh_from_db()
    assert dead.status == "RUNNING"
    road.fatal = road.victim = None


@pytest.mark.parametrize(
    ("request_number", "grace"), [(1, None), (4, 0.0), (5, 0.03), (7, None), (8, 0.02), (11, 0.0), (14, None)]
)
def test_a_first_sync_cut_off_anywhere_ends_where_a_quiet_one_does(
    bank: Bank, request_number: int, grace: float | None
) -> None:
    dead = opened(bank)
    with road_to(bank.simulator.url) as road:
        kill_at(road, bank, dead, request_number, grace)
    done = take_over(dead)
    assert (done.status, done.attempts) == ("SUCCEEDED", 2)
    assert rows(bank) == truth(bank)
    assert Account.objects.of(bank.company).count() == 3
    again = sync(bank, full=True)
    assert again.read == again.unchanged == again.known_before == len(rows(bank))


@pytest.mark.parametrize(("request_number", "grace"), [(4, 0.02), (6, None), (9, 0.0), (12, 0.03)])
def test_a_later_sync_cut_off_anywhere_keeps_every_edit_and_reaches_the_truth(
    bank: Bank, request_number: int, grace: float | None
) -> None:
    assert sync(bank).status == "SUCCEEDED"
    edited = Transaction.objects.of(bank.company).filter(account=bank.account(), status="POSTED")
    kept = list(edited.order_by("date").values_list("pk", flat=True)[:20])
    Transaction.objects.of(bank.company).filter(pk__in=kept).update(own_note="meu", edited_at=clock.now())
    for kind in MUTATIONS:
        bank.mutate(kind, bank.account())
    dead = opened(bank, full=True)
    with road_to(bank.simulator.url) as road:
        kill_at(road, bank, dead, request_number, grace)
    assert take_over(dead).status == "SUCCEEDED"
    assert rows(bank) == truth(bank)
    assert Transaction.objects.of(bank.company).filter(pk__in=kept, own_note="meu").count() == len(kept)
    for receipt in SyncAccount.objects.of(bank.company).filter(sync=dead):
        assert receipt.adds_up
        assert receipt.known_adds_up


def test_a_worker_left_alone_comes_to_its_end(bank: Bank) -> None:
    done = opened(bank)
    with road_to(bank.simulator.url) as road:
        assert sync_in_a_process(done.pk, road) == 0
    done.refresh_from_db()
    assert (done.status, done.requests) == ("SUCCEEDED", road.passed)
    assert rows(bank) == truth(bank)


def test_two_workers_at_once_make_one_sync(bank: Bank) -> None:
    row = opened(bank)
    race(lambda: syncing.run_sync(sync_id=row.pk), lambda: syncing.run_sync(sync_id=row.pk))
    row.refresh_from_db()
    assert (row.status, row.attempts) == ("SUCCEEDED", 1)
    assert rows(bank) == truth(bank)
    assert row.new == row.read == len(rows(bank))
