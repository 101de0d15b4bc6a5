"""The log is complete and in the order of commits, so that a reader who resumes misses nothing."""

import threading

import pytest
from django.db import connection, transaction

from financehub.core import clock, events
from financehub.core.ids import new_id
from financehub.core.models import Event


@pytest.mark.django_db
class TestPublish:
    def test_numbers_the_events_of_each_company_from_one(self) -> None:
        first, second = new_id(), new_id()
        for company_id, object_id in [(first, "a"), (second, "b"), (first, "c")]:
            events.publish(company_id, "item", object_id)
        assert [(event.number, event.object_id) for event in events.after(first, 0)] == [(1, "a"), (2, "c")]
        assert events.last_number(second) == 1

    def test_a_change_undone_leaves_no_event_and_no_hole(self) -> None:
        company_id = new_id()
        events.publish(company_id, "item", "a")
        with transaction.atomic():
            events.publish(company_id, "item", "never happened")
            transaction.set_rollback(True)
        events.publish(company_id, "item", "b")
        assert [(event.number, event.object_id) for event in events.after(company_id, 0)] == [
            (1, "a"),
            (2, "b"),
        ]


@pytest.mark.django_db
class TestAfter:
    def test_resumes_behind_the_number_a_reader_saw(self) -> None:
        company_id = new_id()
        for object_id in "abcd":
            events.publish(company_id, "sync", object_id)
        assert [event.object_id for event in events.after(company_id, 2)] == ["c", "d"]
        assert [event.object_id for event in events.after(company_id, 0, limit=2)] == ["a", "b"]
        assert events.after(company_id, 4) == []

    def test_a_company_without_events_is_at_zero(self) -> None:
        assert events.last_number(new_id()) == 0


@pytest.mark.django_db(transaction=True)
def test_order_of_numbers_is_order_of_commits_when_two_writers_overlap() -> None:
    """The slow writer starts first and holds its number; the fast one waits, so nobody overtakes."""
    company_id = new_id()
    slow_has_its_number, seen_while_slow_was_open = threading.Event(), []

    def slow() -> None:
        with transaction.atomic():
            events.publish(company_id, "item", "slow")
            slow_has_its_number.set()
            reader_looked.wait(timeout=10)
        connection.close()

    def fast() -> None:
        slow_has_its_number.wait(timeout=10)
        with transaction.atomic():
            events.publish(company_id, "item", "fast")
        connection.close()

    reader_looked = threading.Event()
    writers = [threading.Thread(target=work) for work in (slow, fast)]
    for writer in writers:
        writer.start()
    slow_has_its_number.wait(timeout=10)
    writers[1].join(timeout=0.3)  # long enough to commit first, if it could
    seen_while_slow_was_open = [event.object_id for event in events.after(company_id, 0)]
    reader_looked.set()
    for writer in writers:
        writer.join(timeout=10)
    assert seen_while_slow_was_open == []
    assert [event.object_id for event in Event.objects.order_by("number")] == ["slow", "fast"]


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_no_hole() -> None:
    company_id = new_id()

    def write() -> None:
        for number in range(10):
            with transaction.atomic():
                events.publish(company_id, "item", str(number))
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=30)
    assert [event.number for event in events.after(company_id, 0)] == list(range(1, 41))


@pytest.mark.django_db
def test_old_events_are_forgotten_and_numbers_go_on() -> None:
    company_id = new_id()
    events.publish(company_id, "item", "old")
    assert events.forget_before(clock.now()) == 1
    events.publish(company_id, "item", "new")
    assert [(event.number, event.object_id) for event in events.after(company_id, 0)] == [(2, "new")]
