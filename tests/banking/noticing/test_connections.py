"""A connection that needs somebody is told once for each trouble; its failing only when it lasts, then its return."""

from datetime import timedelta

import pytest
from tests.banking.stories import connect
from tests.builders import make_connector, make_item, make_member, make_user

from financehub.banking import observing, problems
from financehub.banking.models import ConnectAttempt, ConsentRenewal, Item, Sync
from financehub.banking.noticing import connections
from financehub.core import clock, ids
from financehub.notifications.models import Notification


def told(company):
    rows = Notification.objects.of(company).filter(person__isnull=False).order_by("pk")
    return [(row.kind, row.words["institution"]) for row in rows]


@pytest.fixture
def item(bakery, ana):
    return make_item(company=bakery, connector=make_connector(name="Banco Azul"))


def becomes(item, *, before=None, failed_since=None, at=None, **fields):
    """The Item's row changes, as mirroring would do, and that is told."""
    Item.objects.of(item.company_id).filter(pk=item.pk).update(**fields)
    item.refresh_from_db()
    connections.tell_change(item, before, failed_since=failed_since, at=at or clock.now())
    return problems.problem_of(item)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"status": "LOGIN_ERROR", "error_code": "INVALID_CREDENTIALS"}, "connection_refused"),
        ({"status": "WAITING_USER_INPUT"}, "connection_asks"),
        ({"status": "WAITING_USER_ACTION"}, "connection_asks"),
        ({"status": "LOGIN_ERROR", "error_code": "USER_AUTHORIZATION_REVOKED"}, "consent_ended"),
        ({"status": "OUTDATED", "error_code": "USER_NOT_SUPPORTED"}, "connection_ended"),
    ],
)
def test_each_trouble_that_needs_somebody_is_told_once(bakery, item, fields, kind):
    now = becomes(item, **fields)
    becomes(item, before=now, **fields)
    assert told(bakery) == [(kind, "Banco Azul")]


def test_a_healthy_connection_is_no_news(bakery, item):
    becomes(item, status="UPDATED")
    assert told(bakery) == []


def test_a_new_question_is_told_anew(bakery, item):
    at = clock.now()
    becomes(item, status="WAITING_USER_INPUT", vendor_updated_at=at)
    becomes(item, status="UPDATING", vendor_updated_at=at + timedelta(seconds=5))
    becomes(item, status="WAITING_USER_INPUT", vendor_updated_at=at + timedelta(minutes=1))
    assert told(bakery) == [("connection_asks", "Banco Azul")] * 2


def test_a_consent_whose_date_has_passed_is_told_once(bakery, item):
    gone = clock.now() - timedelta(hours=1)
    for _ in range(3):
        becomes(item, status="UPDATED", consent_expires_at=gone)
    assert told(bakery) == [("consent_ended", "Banco Azul")]


class TestFailing:
    FAILS = {"status": "OUTDATED", "error_code": "SITE_NOT_AVAILABLE"}

    def test_is_told_only_when_it_lasts_and_once(self, bakery, item):
        at = clock.now()
        becomes(item, **self.FAILS, failing_since=at - connections.PATIENCE + timedelta(minutes=1), at=at)
        assert told(bakery) == []
        for _ in range(3):
            becomes(item, **self.FAILS, failing_since=at - connections.PATIENCE, at=at)
        assert told(bakery) == [("connection_failing", "Banco Azul")]

    def test_its_return_is_told_when_its_failing_was(self, bakery, item):
        since = clock.now() - timedelta(hours=3)
        becomes(item, **self.FAILS, failing_since=since)
        becomes(item, status="UPDATED", error_code="", failing_since=None, failed_since=since)
        assert told(bakery) == [("connection_failing", "Banco Azul"), ("connection_recovered", "Banco Azul")]

    def test_a_short_one_ends_in_silence(self, bakery, item):
        since = clock.now() - timedelta(minutes=10)
        becomes(item, **self.FAILS, failing_since=since)
        becomes(item, status="UPDATED", error_code="", failing_since=None, failed_since=since)
        assert told(bakery) == []


class TestConsent:
    @pytest.mark.parametrize(("days", "count"), [((6, 5, 4), 1), ((6, 0.5), 2)])
    def test_is_said_once_and_once_more_on_the_last_day(self, bakery, item, days, count):
        ends = clock.now() + timedelta(days=6)
        attempt = ConsentRenewal(item=item, company=bakery, expires_at=ends)
        for left in days:
            connections.tell_consent_ending(item, attempt, at=ends - timedelta(days=left))
        assert told(bakery) == [("consent_ending", "Banco Azul")] * count


class TestSyncs:
    @pytest.fixture
    def sync(self, item):
        at = clock.now()
        return Sync(company=item.company, item=item, trigger="timer", due_at=at, requested_at=at)

    def test_one_that_is_given_up_is_told_once_a_day(self, bakery, sync):
        for _ in range(2):
            connections.tell_sync_failed(sync, "SERVICE_UNAVAILABLE", at=clock.now())
        assert told(bakery) == [("connection_failing", "Banco Azul")]

    def test_what_only_the_operator_can_mend_goes_to_the_staff(self, bakery, ana, sync):
        staff = make_user(is_staff=True)
        make_member(user=staff)
        for _ in range(2):
            connections.tell_sync_failed(sync, "VENDOR_AUTH_FAILED", at=clock.now())
        row = Notification.objects.across_companies().get(kind="operator_must_look")
        assert (row.person, row.words) == (staff, {"code": "VENDOR_AUTH_FAILED"})
        assert told(bakery) == []

    def test_a_person_who_must_act_is_told_by_the_connection_not_by_the_sync(self, bakery, sync):
        connections.tell_sync_failed(sync, "INVALID_CREDENTIALS", at=clock.now())
        assert told(bakery) == []


def test_the_whole_way_from_the_bank(simulator, bakery, ana):
    """A bank that refuses the password, seen by our own look; then the connection is deleted there."""
    bank = connect(simulator, bakery, user="user-bad")
    observing.observe_item(item=bank.item)
    assert [kind for kind, _ in told(bakery)] == ["connection_refused"]
    simulator.client().delete_item(bank.vendor_id)
    observing.observe_item(item=bank.item)
    assert [kind for kind, _ in told(bakery)] == ["connection_refused", "connection_ended"]


class TestAQuestionWhileSomebodyConnects:
    def attempt(self, person, company, **fields):
        at = clock.now()
        values = {"created_at": at, "expires_at": at + timedelta(minutes=30), **fields}
        ConnectAttempt.objects.create(company=company, user=person, nonce=f"{ids.new_id()}", **values)

    def asks(self, item, ana):
        """(on the tray, how many ways it is written of)"""
        becomes(item, status="WAITING_USER_INPUT")
        told = Notification.objects.for_person(ana).get()
        return told.is_on_tray, told.deliveries.count()

    def test_is_on_the_tray_only(self, bakery, item, ana):
        self.attempt(ana, bakery, item_pluggy_id=item.pluggy_id, used_at=clock.now())
        assert self.asks(item, ana) == (True, 0)

    def test_is_on_the_tray_only_when_it_is_connected_again(self, bakery, item, ana):
        self.attempt(ana, bakery, item=item)
        assert self.asks(item, ana) == (True, 0)

    def test_is_on_the_tray_only_when_it_was_made_just_now_by_any_door(self, bakery, item, ana):
        Item.objects.of(bakery).update(created_by=ana, created_at=clock.now())
        assert self.asks(item, ana) == (True, 0)

    def test_is_written_of_when_nobody_is_there(self, bakery, item, ana):
        old = clock.now() - connections.AT_IT - timedelta(seconds=1)
        self.attempt(ana, bakery, item=item, used_at=old, created_at=old)
        self.attempt(ana, bakery, item=make_item(company=bakery, connector=item.connector))
        assert self.asks(item, ana) == (True, 1)
