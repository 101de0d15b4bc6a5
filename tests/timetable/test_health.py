"""Is background work being done? With real workers and brokers, and with both killed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from django.db import OperationalError, connection
from pytest_django import Settings
from tests import services
from tests.journeys.killing import database_url
from tests.timetable.tables import ONE, due

from financehub.core import clock
from financehub.timetable import health, hearts
from financehub.timetable.health import Broker

WORKER = [
    "-m",
    "celery",
    "-A",
    "financehub.config.celery",
    "worker",
    "-P",
    "threads",
    "-c",
    "1",
    "-l",
    "ERROR",
]
SILENCE = timedelta(seconds=hearts.SILENT_AFTER + 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "hearts_that_beat", "status"),
    [
        ("", ["beat"], "in_process"),
        ("", [], "no_beat"),
        ("memory://", ["worker", "beat"], "in_process"),
        ("memory://", ["beat"], "no_worker"),
        ("memory://", ["worker"], "no_beat"),
        ("redis://127.0.0.1:9/0", ["worker", "beat"], "no_broker"),
    ],
)
def test_the_status_is_the_first_thing_that_is_wrong(
    settings: Settings, url: str, hearts_that_beat: list[str], status: str
) -> None:
    settings.CELERY_BROKER_URL = url
    for kind in hearts_that_beat:
        hearts.show(kind)
    state = health.look()
    assert (state.status, state.is_well) == (status, status == "in_process")


@pytest.mark.django_db
def test_the_oldest_row_that_waits_is_named_with_its_age(settings: Settings) -> None:
    at = clock.now()
    due(ONE, at - timedelta(seconds=90))
    hearts.show(hearts.BEAT, at=at - timedelta(seconds=5))
    state = health.look(at=at)
    assert (state.waiting, state.oldest_kind, state.oldest_age, state.beat_age) == (
        1,
        "timed_task",
        90.0,
        5.0,
    )


@pytest.mark.django_db
def test_without_its_database_it_says_so() -> None:
    def refuse(*_: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        assert health.look().status == "no_database"


@pytest.fixture
def broker(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A Valkey of this test's own, which it may kill."""
    with services.valkey(tmp_path) as socket:
        settings.CELERY_BROKER_URL = f"redis+socket://{socket}?virtual_host=0"
        monkeypatch.setenv("CELERY_BROKER_URL", settings.CELERY_BROKER_URL)
        yield socket


def start_worker() -> "subprocess.Popen[bytes]":
    """A real worker on the test's database, once it shows life."""
    names = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "financehub.config.settings"}
    worker = subprocess.Popen([sys.executable, *WORKER], env={**os.environ, **names})
    while not hearts.living(hearts.WORKER, clock.now()):
        assert worker.poll() is None
        threading.Event().wait(0.05)
    return worker


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_and_a_killed_broker_are_noticed(broker: Path) -> None:
    assert health.look().status == "no_worker"
    worker = start_worker()
    try:
        hearts.show(hearts.BEAT)
        state = health.look()
        assert (state.status, state.workers, state.broker) == ("ok", 1, Broker("redis", True, 0))
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    for _ in range(3):
        send_to_nobody()
    later = clock.now() + SILENCE
    hearts.show(hearts.BEAT, at=later)
    state = health.look(at=later)
    assert (state.status, state.workers, state.broker.depth) == ("no_worker", 0, 3)
    kill_the_process_behind(broker)
    assert health.look(at=later).status == "no_broker"


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_ends_in_good_order_is_gone_at_once(broker: Path) -> None:
    worker = start_worker()
    worker.terminate()
    assert worker.wait(timeout=30) == 0
    assert health.look().workers == 0


def send_to_nobody() -> None:
    """A message that stays in the queue."""
    with (
        current_app.connection_for_write(settings.CELERY_BROKER_URL) as link,
        link.SimpleQueue(current_app.conf.task_default_queue) as queue,
    ):
        queue.put({})


def kill_the_process_behind(socket: Path) -> None:
    """SIGKILL to whoever listens on the socket."""
    for entry in Path("/proc").glob("[0-9]*"):
        command = (entry / "cmdline").read_bytes() if entry.exists() else b""
        if str(socket).encode() in command:
            os.kill(int(entry.name), signal.SIGKILL)
