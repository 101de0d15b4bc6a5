"""What the clock asks for, and what the sweeper takes up again."""

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.banking.stories import Bank
from tests.builders import make_item
from tests.simulator import Simulator

from financehub.audit.recording import SYSTEM
from financehub.banking import connecting, observing, scheduling, tasks
from financehub.banking.models import Consent, Item, MonthFinding, RawPage, Sync, Transaction
from financehub.banking.models.items import STALE_AFTER
from financehub.companies.models import Company
from financehub.core import clock
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.pluggy.shapes.items import NewItem

CPF = "76109277673"
LONG_AGO = timedelta(hours=1)


def make_sync(item: Item, **fields: Any) -> Sync:
    at = clock.now() - LONG_AGO
    values = {"company": item.company, "trigger": "timer", "due_at": at, "requested_at": at, **fields}
    return Sync.objects.create(item=item, **values)


def statuses(bank: Bank) -> list[tuple[str, str, bool]]:
    rows = Sync.objects.of(bank.company).order_by("requested_at")
    return list(rows.values_list("status", "trigger", "read_rows"))


def look_at_all() -> None:
    """What the clock does at midnight, noon and six."""
    for item_id in scheduling.items_to_look_at():
        tasks.look_at(item_id=str(item_id))


def check_consents() -> None:
    """What the clock does at eight."""
    for item_id in scheduling.connected_items():
        scheduling.check_consents_of(item_id)


def test_a_look_at_all_reads_rows_only_where_the_vendor_has_news(
    synced_bank: Bank, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        look_at_all()
    assert len(statuses(synced_bank)) == 1
    synced_bank.collect()
    with django_capture_on_commit_callbacks(execute=True):
        look_at_all()
    assert statuses(synced_bank)[1:] == [("SUCCEEDED", "timer", True)]


@pytest.mark.parametrize(
    ("fields", "stale"),
    [
        ({"last_sync_at": None}, 1),
        ({"age": STALE_AFTER + timedelta(minutes=1)}, 1),
        ({"age": STALE_AFTER - timedelta(minutes=1)}, 0),
        ({"age": timedelta(0), "status": "OUTDATED"}, 1),
        ({"last_sync_at": None, "status": "LOGIN_ERROR"}, 0),
        ({"last_sync_at": None, "disconnected_at": clock.now()}, 0),
    ],
)
@pytest.mark.django_db
def test_a_stale_connection_is_one_that_time_may_mend(fields: dict[str, Any], stale: int) -> None:
    age = fields.pop("age", None)
    if age is not None:
        fields["last_sync_at"] = clock.now() - age
    make_item(**fields)
    assert len(scheduling.stale_items()) == stale


@pytest.mark.django_db
def test_the_daily_look_back_leaves_out_what_only_a_person_can_mend() -> None:
    refused = make_item(status="LOGIN_ERROR", execution_status="INVALID_CREDENTIALS")
    gone = make_item(disconnected_at=clock.now())
    mendable = make_item(status="OUTDATED", execution_status="SITE_NOT_AVAILABLE")
    healthy = make_item()
    assert set(scheduling.items_for_full_sync()) == {mendable.pk, healthy.pk}
    # Each is looked at again when its turn comes, up to an hour later.
    turns = [scheduling.sync_in_full(item.pk) for item in (refused, gone, mendable, healthy)]
    assert turns == [False, False, True, True]
    asked = Sync.objects.across_companies().filter(is_full=True, status="PENDING")
    assert set(asked.values_list("item_id", flat=True)) == {mendable.pk, healthy.pk}


@pytest.fixture
def consented(simulator: Simulator, bakery: Company) -> Bank:
    """An Open Finance connection whose person said yes at the bank."""
    asked = NewItem(connector_id=601, parameters={"cpf": CPF}, client_user_id=str(bakery.vendor_alias))
    item_id = simulator.client().create_item(asked).id
    simulator.advance(1)
    simulator.control(f"/items/{item_id}/approve")
    simulator.advance(10)
    snapshot = simulator.client().fetch_item(item_id)
    return Bank(simulator, connecting.link(company=bakery, user=None, snapshot=snapshot, by=SYSTEM))


def consents(bank: Bank) -> list[str]:
    rows = Consent.objects.of(bank.company).filter(item=bank.item)
    return [str(key) for key in rows.values_list("pluggy_id", flat=True)]


def test_consents_are_mirrored_for_every_live_connection(consented: Bank) -> None:
    check_consents()
    listed = consented.simulator.client().fetch_consents(consented.vendor_id)
    assert consents(consented) == [consent.id for consent in listed] != []


def test_a_revoked_consent_says_so_after_the_check(consented: Bank) -> None:
    check_consents()
    consented.simulator.control(f"/items/{consented.vendor_id}/revoke-consent")
    check_consents()
    assert Consent.objects.of(consented.company).get().revoked_at is not None


def test_a_vendor_that_answers_nonsense_is_asked_again_later(consented: Bank) -> None:
    """The timetable tries a part again whose task raises."""
    consented.simulator.control("/faults", kind="garbage", path=f"/items/{consented.vendor_id}")
    with pytest.raises(PluggyError):
        check_consents()


def test_a_connection_that_is_gone_at_the_vendor_has_no_consents_to_check(consented: Bank) -> None:
    consented.simulator.client().delete_item(consented.vendor_id)
    check_consents()
    consented.item.refresh_from_db()
    assert consented.item.is_disconnected
    assert scheduling.connected_items() == []
    scheduling.check_consents_of(consented.item.pk)


def test_a_sync_that_a_lost_message_forgot_is_run(
    bank: Bank, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_sync(bank.item)
    with django_capture_on_commit_callbacks(execute=True):
        assert scheduling.sweep() == 1
    assert statuses(bank) == [("SUCCEEDED", "timer", True)]


@pytest.mark.parametrize(("deaths", "status", "code"), [(0, "PENDING", ""), (11, "FAILED", "WORKER_DIED")])
@pytest.mark.django_db
def test_what_a_dead_worker_held_is_taken_over_or_ends(
    simulator: Simulator, deaths: int, status: str, code: str
) -> None:
    dead = make_sync(make_item(), status="RUNNING", deaths=deaths, lease_until=clock.now() - LONG_AGO)
    scheduling.sweep()
    dead.refresh_from_db()
    assert (dead.status, dead.error_code, dead.lease_until) == (status, code, None)


@pytest.mark.django_db
def test_what_is_alive_or_not_yet_due_is_left_alone(simulator: Simulator) -> None:
    running = make_sync(make_item(), status="RUNNING", lease_until=clock.now() + LONG_AGO)
    later = make_sync(make_item(), due_at=clock.now() + LONG_AGO)
    assert scheduling.sweep() == 0
    for sync, status in ((running, "RUNNING"), (later, "PENDING")):
        sync.refresh_from_db()
        assert sync.status == status


def test_a_failing_connection_is_looked_at_again_when_its_time_has_come(
    synced_bank: Bank, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    synced_bank.simulator.plan(synced_bank.vendor_id, error="SITE_NOT_AVAILABLE")
    synced_bank.collect()
    failing = observing.observe_item(item=synced_bank.item)
    assert failing.failing_since is not None
    assert failing.look_again_at == failing.failing_since + timedelta(minutes=5)
    synced_bank.simulator.plan(synced_bank.vendor_id)
    synced_bank.collect()
    assert scheduling.sweep() == 0
    Item.objects.of(synced_bank.company).update(look_again_at=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert scheduling.sweep() == 1
    failing.refresh_from_db()
    assert (failing.status, failing.look_again_at, failing.failing_since) == ("UPDATED", None, None)


def test_the_nightly_check_finds_what_is_missing(synced_bank: Bank) -> None:
    lost = Transaction.objects.of(synced_bank.company).filter(account=synced_bank.account()).first()
    Transaction.objects.of(synced_bank.company).filter(pk=lost.pk).delete()  # type: ignore[union-attr]
    assert scheduling.check_months_of(synced_bank.item.pk) == 1
    assert MonthFinding.objects.of(synced_bank.company).get().new == 1
    assert scheduling.check_months_of(make_item(disconnected_at=clock.now()).pk) == 0


def test_pages_past_their_time_are_forgotten(synced_bank: Bank, settings: Settings) -> None:
    kept = RawPage.objects.of(synced_bank.company).count()
    assert (scheduling.clean_up(), kept > 0) == (0, True)
    settings.RAW_RETENTION_DAYS = 0
    assert scheduling.clean_up() == kept


@pytest.mark.django_db
def test_a_worker_that_starts_takes_up_what_its_predecessor_held(simulator: Simulator) -> None:
    held = make_sync(make_item(), status="RUNNING", attempts=1, lease_until=clock.now() + LONG_AGO)
    assert scheduling.take_up_after_restart() == 1
    held.refresh_from_db()
    assert [held.status, held.lease_until] == ["PENDING", None]


def test_news_that_nobody_asked_to_read_is_found_by_the_sweeper(
    bank: Bank, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """The worker died after it had mirrored the Item and before it asked for the sync."""
    Item.objects.of(bank.company).update(observed_at=clock.now() - LONG_AGO)
    with django_capture_on_commit_callbacks(execute=True):
        assert scheduling.sweep() == 1
    assert statuses(bank) == [("SUCCEEDED", "first", True)]


@pytest.mark.parametrize("status", ["PENDING", "RUNNING", "FAILED"])
def test_news_that_is_being_read_or_could_not_be_is_left_to_the_timers(bank: Bank, status: str) -> None:
    later = clock.now() + LONG_AGO
    make_sync(bank.item, status=status, due_at=later, lease_until=later)
    Item.objects.of(bank.company).update(observed_at=clock.now() - LONG_AGO)
    assert scheduling.sweep() == 0
