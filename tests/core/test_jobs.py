"""Work starts by name once the change is committed; a lost message loses nothing but time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery import current_app, shared_task
from celery.exceptions import NotRegistered
from django.db import transaction
from pytest_django import Settings

from financehub.core import jobs

pytestmark = pytest.mark.django_db(transaction=True)

ran: list[str] = []


@shared_task(name="tests.note")
def note(*, word: str) -> None:
    ran.append(word)


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@contextmanager
def broker(url: str, settings: Settings) -> Iterator[None]:
    """Messages go to the broker at `url`; with none, the work is done in this process."""
    settings.CELERY_BROKER_URL = url
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CELERY_BROKER_URL", url)  # Celery prefers it to its configuration
        current_app.conf.task_always_eager = False
        current_app._after_fork()  # forgets the connections of the address before
        yield
    current_app.conf.task_always_eager = True
    current_app._after_fork()


class TestEnqueue:
    def test_runs_after_the_commit_and_not_before(self) -> None:
        with transaction.atomic():
            jobs.enqueue("tests.note", word="done")
            assert ran == []
        assert ran == ["done"]

    def test_a_change_undone_runs_nothing(self) -> None:
        with transaction.atomic():
            jobs.enqueue("tests.note", word="never")
            transaction.set_rollback(True)
        assert ran == []

    def test_an_unknown_name_fails_at_the_call(self) -> None:
        with pytest.raises(NotRegistered), transaction.atomic():
            jobs.enqueue("tests.no_such_task")

    def test_without_a_broker_the_work_is_done_in_this_process(self, settings: Settings) -> None:
        with broker("", settings):
            jobs.enqueue("tests.note", word="here")
            assert waited_for(["here"])

    def test_a_broker_that_is_away_costs_a_warning_and_little_time(
        self, settings: Settings, caplog: pytest.LogCaptureFixture
    ) -> None:
        started = time.monotonic()
        with broker("redis://127.0.0.1:9/0", settings):
            jobs.enqueue("tests.note", word="lost")
        assert time.monotonic() - started < 2
        assert "job_not_queued" in caplog.text
        assert ran == []


class TestEnqueueIn:
    def test_waits(self, settings: Settings) -> None:
        with broker("", settings):
            jobs.enqueue_in(0.2, "tests.note", word="later")
            assert ran == []
            assert waited_for(["later"])

    def test_never_comes_where_tasks_run_at_once(self) -> None:
        jobs.enqueue_in(0, "tests.note", word="later")
        assert ran == []


def waited_for(words: list[str]) -> bool:
    """Whether the other thread came to the words within five seconds."""
    deadline = time.monotonic() + 5
    while ran != words and time.monotonic() < deadline:
        time.sleep(0.02)
    return ran == words
