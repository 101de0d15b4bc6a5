"""The doors for Celery, by the names that jobs.enqueue knows."""

import pytest
from celery import current_app
from tests.webhooks.rows import make_event

from financehub.core import clock, jobs

pytestmark = pytest.mark.django_db


def test_an_event_is_handled_by_its_task(django_capture_on_commit_callbacks):
    event = make_event()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("webhooks.handle_event", event_id=str(event.pk))
    event.refresh_from_db()
    assert event.status == "ignored"


def test_what_needs_no_vendor_is_handled_by_its_task(django_capture_on_commit_callbacks):
    events = [make_event() for _ in range(3)]
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("webhooks.handle_local")
    assert {type(event).objects.get(pk=event.pk).status for event in events} == {"ignored"}


def test_the_sweep_is_a_task_on_the_clock(django_capture_on_commit_callbacks, settings):
    event = make_event(due_at=clock.now())
    with django_capture_on_commit_callbacks(execute=True):
        current_app.tasks["webhooks.sweep"].delay()
    event.refresh_from_db()
    assert event.status == "ignored"
    assert "webhooks.sweep" in {entry.task for entry in settings.TIMETABLE}


def test_old_secrets_are_looked_for_by_the_clock():
    assert current_app.tasks["webhooks.check_secrets"].run() == 0
