"""One place decides whom: each person once per key, whatever is repeated or run in parallel."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from tests.builders import make_member, make_user

from financehub.audit.recording import Target
from financehub.companies.models import Role
from financehub.core import clock, ids
from financehub.core.models import Event
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Delivery, Notification, TelegramChat, WebhookEndpoint
from financehub.notifications.telling import audience, tell


def told(company):
    rows = Notification.objects.of(company).order_by("pk")
    return [(row.person and row.person.email, row.kind, row.key) for row in rows]


class TestTell:
    def test_tells_who_may_do_something_about_it_and_only_once(self, bakery, ana, bruno):
        first = tell(bakery, "connection_refused", key="item:1", words={"institution": "Itaú"})
        again = tell(bakery, "connection_refused", key="item:1", words={"institution": "Itaú"})
        assert told(bakery) == [("ana@example.com", "connection_refused", "item:1")]
        assert [row.person for row in first] == [ana]
        assert again == []

    def test_whoever_came_later_is_told_what_was_not_said_to_them(self, bakery, ana):
        tell(bakery, "salary_in", key="1")
        dora = make_user(email="dora@example.com")
        make_member(company=bakery, user=dora, role=Role.VIEWER)
        assert [row.person for row in tell(bakery, "salary_in", key="1")] == [dora]

    def test_tells_whom_it_is_given(self, bakery, ana, bruno):
        tell(bakery, "api_key_made", key="k", to=[bruno])
        assert told(bakery) == [("bruno@example.com", "api_key_made", "k")]

    def test_the_row_says_about_what(self, bakery, ana):
        (row,) = tell(
            bakery,
            "salary_in",
            key="1",
            about=Target("transaction", ids.new_id()),
            words={"amount": "R$ 1,00"},
        )
        assert (row.object_kind, row.words, row.severity) == ("transaction", {"amount": "R$ 1,00"}, "info")

    def test_a_deed_undone_tells_nobody(self, bakery, ana, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as callbacks:
            try:
                with transaction.atomic():
                    tell(bakery, "connection_refused", key="1")
                    raise ZeroDivisionError
            except ZeroDivisionError:
                pass
        assert (told(bakery), callbacks) == ([], [])

    def test_open_pages_are_rung(self, bakery, ana):
        (row,) = tell(bakery, "salary_in", key="1")
        event = Event.objects.get(company_id=bakery.pk)
        assert (event.topic, event.object_id) == ("notification", str(row.pk))

    def test_an_unknown_kind_is_a_fault_of_ours(self, bakery, ana):
        with pytest.raises(KeyError):
            tell(bakery, "no_such_kind", key="1")


class TestDeliveries:
    def test_one_for_each_chosen_channel_that_has_a_target(self, bakery, ana):
        chat = TelegramChat.objects.create(person=ana, chat_id=7, linked_at=clock.now())
        tell(bakery, "connection_asks", key="1")
        rows = Delivery.objects.of(bakery).order_by("channel")
        assert [(row.channel, row.target, row.status) for row in rows] == [
            ("email", "", "waiting"),
            ("telegram", str(chat.pk), "waiting"),
        ]

    def test_a_program_is_told_once_for_the_company(self, bakery, ana, bruno):
        hook = WebhookEndpoint.objects.create(
            company=bakery, url="https://example.com/h", secret="whsec_x", created_at=clock.now()
        )
        tell(bakery, "salary_in", key="1")
        tell(bakery, "salary_in", key="1")
        rows = Delivery.objects.of(bakery).filter(channel="webhook").select_related("notification")
        assert [(row.target, row.notification.person) for row in rows] == [(str(hook.pk), None)]

    def test_programs_hear_nothing_about_a_persons_account(self, bakery, ana):
        WebhookEndpoint.objects.create(
            company=bakery, url="https://example.com/h", secret="whsec_x", created_at=clock.now()
        )
        tell(bakery, "new_sign_in", key="1", to=[ana])
        assert not Delivery.objects.of(bakery).filter(channel="webhook").exists()


@pytest.mark.django_db
@how(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    calls=st.lists(st.tuples(st.sampled_from(["salary_in", "bill_due"]), st.sampled_from("abc")), max_size=12)
)
def test_however_often_it_is_said_each_thing_is_told_once_to_each_person(bakery, ana, bruno, calls):
    with transaction.atomic():
        for kind, key in calls:
            tell(bakery, kind, key=key)
        wanted = sorted(
            (person, kind, key)
            for person in ("ana@example.com", "bruno@example.com")
            for kind, key in set(calls)
        )
        assert sorted(told(bakery)) == wanted
        mails = Delivery.objects.of(bakery).filter(channel="email").count()
        assert mails == sum(2 for kind, _ in set(calls) if "email" in KINDS[kind].channels)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_the_same_time_tell_once():
    place = make_member()

    def say(_number):
        try:
            return len(tell(place.company, "connection_refused", key="same"))
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(say, range(8)))
    assert sum(counts) == 1
    assert Notification.objects.of(place.company).count() == 1


def test_the_audience_is_a_matter_of_roles(bakery, ana, bruno):
    assert audience(bakery, KINDS["connection_asks"].audience) == [ana]
    assert audience(bakery, KINDS["salary_in"].audience) == [ana, bruno]
    assert audience(bakery, None) == []
