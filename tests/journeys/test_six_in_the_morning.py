"""1,000 companies at 06:00: no more than allowed at once, done within the window, none skipped, none twice."""

import heapq
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from celery import current_app
from kombu import Connection
from pytest_django import Settings
from tests import services
from tests.banking.stories import connect
from tests.builders import make_company, make_connector
from tests.journeys.killing import database_url
from tests.simulator import Simulator

from financehub.audit.recording import SYSTEM
from financehub.banking import pacing, syncing
from financehub.banking.models import Item, Sync
from financehub.companies.models import Company
from financehub.config import beat
from financehub.core import clock
from financehub.timetable import asking, running, spreading, ticking
from financehub.timetable.models import TaskPart, TaskRun

pytestmark = pytest.mark.django_db(transaction=True)

FULL = next(entry for entry in beat.TABLE if entry.name == "sync-full")
SIX = datetime(2026, 3, 2, 6, tzinfo=clock.SAO_PAULO)
A_SYNC_TAKES = timedelta(seconds=8)  # of Pluggy's time
A_TICK = timedelta(seconds=20)
COMPANIES = 1000


@contextmanager
def broker(url: str, settings: Settings) -> Iterator[Connection]:
    """Messages go to the broker at `url`; `memory://` keeps them in this process until the test takes them."""
    settings.CELERY_BROKER_URL = url
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CELERY_BROKER_URL", url)  # Celery prefers it to its configuration
        current_app.conf.task_always_eager = False
        current_app._after_fork()  # forgets the connections of the address before
        with Connection(url) as link:
            yield link
    current_app.conf.task_always_eager = True
    current_app._after_fork()


class Morning:
    """Beat and workers on a clock of the test's own: each message is taken up at once, in the order they came.

    All rows and rules are real; only the vendor is a stopwatch: a Sync holds its place for A_SYNC_TAKES.
    """

    def __init__(self, link: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = SIX - timedelta(seconds=30)
        self.most_parts = self.most_syncs = 0
        self._queue = link.SimpleQueue(current_app.conf.task_default_queue)
        self._agenda: list[tuple[datetime, int, Sync | None]] = []
        self._numbers = count()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def live(self, until: datetime) -> None:
        """Whatever comes, in its order."""
        self._plan(self.now, None)
        while self._agenda[0][0] <= until:
            self.now, _, ending = heapq.heappop(self._agenda)
            if ending is None:
                self._tick()
            else:
                ending.move_to("SUCCEEDED", finished_at=self.now, lease_until=None)
                pacing.offer_waiting(due_by=self.now)
            self._take_messages()

    def _plan(self, moment: datetime, ending: Sync | None) -> None:
        heapq.heappush(self._agenda, (moment, next(self._numbers), ending))

    def _tick(self) -> None:
        ticking.tick()
        pacing.offer_waiting(due_by=self.now - timedelta(seconds=30))  # the sweeper
        self._plan(self.now + A_TICK, None)

    def _take_messages(self) -> None:
        while len(self._queue):
            message = self._queue.get_nowait()
            message.ack()
            self._work(message.headers["task"], message.payload[1])

    def _work(self, task: str, about: dict[str, Any]) -> None:
        if task == "timetable.run":
            running.run_due(about["entry"], datetime.fromisoformat(about["due_at"]))
        elif task == "timetable.run_part":
            self.most_parts = max(self.most_parts, TaskPart.objects.filter(lease_until__gt=self.now).count())
            spreading.run_part(about["part_id"], about["ticket"])
        elif task == "banking.run_sync":
            self._start(Sync.objects.across_companies().get(pk=about["sync_id"]))

    def _start(self, sync: Sync) -> None:
        """As syncing.run_sync does before it turns to the vendor."""
        if sync.status != "PENDING" or not pacing.may_start() or not syncing._claim(sync):
            return
        self._plan(self.now + A_SYNC_TAKES, sync)
        syncs = Sync.objects.across_companies().filter(status="RUNNING")
        self.most_syncs = max(self.most_syncs, syncs.count())


def companies_with_a_bank() -> None:
    """A thousand companies, each with a healthy connection that was read yesterday."""
    connector, at = make_connector(), SIX - timedelta(hours=6)
    companies = Company.objects.bulk_create([Company(name=f"Empresa {n}") for n in range(COMPANIES)])
    values = {"status": "UPDATED", "execution_status": "SUCCESS", "observed_at": at, "created_at": at}
    items = [
        Item(id=UUID(int=n), pluggy_id=UUID(int=n), company=company, connector=connector, **values)
        for n, company in enumerate(companies)
    ]
    Item.objects.across_companies().bulk_create(items)


@pytest.mark.slow
def test_a_thousand_companies_at_six_in_the_morning(
    settings: Settings, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TIMETABLE = [FULL]
    companies_with_a_bank()
    with broker("memory://", settings) as link:
        morning = Morning(link, monkeypatch)
        morning.live(until=SIX + beat.WINDOW + timedelta(minutes=2))
    run = TaskRun.objects.get()
    assert (run.status, run.parts_done, run.parts_failed) == ("DONE", COMPANIES, 0)
    syncs = Sync.objects.across_companies()
    asked = Counter(
        syncs.filter(is_full=True, status="SUCCEEDED", attempts=1).values_list("item_id", flat=True)
    )
    assert (len(asked), set(asked.values()), syncs.count()) == (COMPANIES, {1}, COMPANIES)
    assert (morning.most_parts, morning.most_syncs) == (3, pacing.SLOTS) == (3, 3)
    ends = sorted(syncs.values_list("finished_at", flat=True))
    assert SIX < ends[0] < SIX + timedelta(minutes=1)
    assert SIX + beat.WINDOW * 0.9 < ends[-1] < SIX + beat.WINDOW + timedelta(minutes=1)
    halves = [
        sum(low <= end - SIX < low + beat.WINDOW / 2 for end in ends)
        for low in (timedelta(0), beat.WINDOW / 2)
    ]
    assert min(halves) > COMPANIES * 0.45


@contextmanager
def workers(number: int, url: str, simulator: Simulator) -> Iterator[None]:
    """Real Celery workers of four threads each, which spread a run over no time at all."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": url,
        "PLUGGY_BASE_URL": simulator.url,
        "PLUGGY_CLIENT_ID": simulator.client_id,
        "PLUGGY_CLIENT_SECRET": simulator.client_secret,
        "FINANCEHUB_SPREAD_MINUTES": "0",
        "FINANCEHUB_SYNC_START_GAP_MS": "0",
        "FINANCEHUB_LOG_LEVEL": "ERROR",
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "financehub.config.celery",
        "worker",
        "-P",
        "threads",
        "-c",
        "4",
    ]
    started = [
        subprocess.Popen([*command, "-n", f"w{n}", "-l", "ERROR"], env=environment) for n in range(number)
    ]
    try:
        yield
    finally:
        for worker in started:
            worker.terminate()
        for worker in started:
            worker.wait(timeout=30)


def most_at_once(spans: list[tuple[datetime, datetime]]) -> int:
    """The most spans that any moment lies in."""
    steps = sorted(
        [(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans],
        key=lambda step: (step[0], step[1]),
    )
    heights = [0]
    for _, step in steps:
        heights.append(heights[-1] + step)
    return max(heights)


@pytest.mark.slow
def test_real_workers_that_all_want_in_at_once_keep_to_three(
    settings: Settings, simulator: Simulator, tmp_path: Path
) -> None:
    """Two processes with four threads each, a Valkey, the simulator and rows being read, all due in one moment."""
    settings.TIMETABLE = [FULL]
    items = [connect(simulator, make_company(), "user-ok-two-checking-accounts").item.pk for _ in range(12)]
    with services.valkey(tmp_path) as socket:
        url = f"redis+socket://{socket}?virtual_host=0"
        with broker(url, settings), workers(2, url, simulator):
            asking.run_now(name=FULL.name, by=SYSTEM)
            most = 0
            while Sync.objects.across_companies().filter(status="SUCCEEDED").count() < len(items):
                ticking.tick()
                pacing.offer_waiting(due_by=clock.now() - timedelta(seconds=30))  # the sweeper
                most = max(most, Sync.objects.across_companies().filter(status="RUNNING").count())
                threading.Event().wait(0.1)
    syncs = Sync.objects.across_companies()
    spans = list(syncs.values_list("started_at", "finished_at"))
    assert sorted(syncs.values_list("item_id", flat=True)) == sorted(items)
    assert max(most, most_at_once(spans)) == pacing.SLOTS == 3
    assert set(syncs.values_list("status", "attempts", "is_full")) == {("SUCCEEDED", 1, True)}
    run = TaskRun.objects.get()
    assert (run.status, run.trigger, run.parts_done) == ("DONE", "person", len(items))
