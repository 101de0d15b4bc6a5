"""Without any broker, the web process does the background work itself."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import threading, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from celery import signals
from financehub.runtime.one_process import application
from financehub.config.celery import app
done = threading.Event()
signals.task_success.connect(lambda **_: done.set(), weak=False)
app.send_task("celery.accumulate", (1, 2))
from financehub.core import clock
from financehub.timetable import health
from financehub.timetable.models import TaskRun, TimedTask
row = {"schedule": "every 3600 s + 3000 s", "due_at": clock.now()}
TimedTask.objects.update_or_create(name="clean-house", defaults=row)
deadline = time.monotonic() + 60
while time.monotonic() < deadline and not TaskRun.objects.filter(name="clean-house", status="DONE").exists():
    time.sleep(0.05)
state = health.look()
print("timed", TaskRun.objects.get(name="clean-house").status, state.status, state.workers, state.broker.depth)
print("done" if done.wait(10) else "late", callable(application), sorted(t.name for t in threading.enumerate()))
"""


class TestTheWebProcess:
    def test_runs_tasks_and_the_clock_in_threads_beside_the_pages(self, tmp_path: Path) -> None:
        variables = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "CELERY_BROKER_URL": "memory://"}
        clean = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
        names = {"DJANGO_SETTINGS_MODULE": "financehub.config.settings", "FINANCEHUB_LOG_LEVEL": "ERROR"}
        *_, timed, told = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**clean, **variables, **names},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        ).stdout.splitlines()
        assert told.startswith("done True")
        assert "'worker'" in told
        assert "'Beat'" in told
        assert timed == "timed DONE in_process 1 0"
