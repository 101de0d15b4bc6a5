"""Without any broker, the web process does the background work itself."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import threading
from celery import signals
from financehub.runtime.one_process import application
from financehub.config.celery import app
done = threading.Event()
signals.task_success.connect(lambda **_: done.set(), weak=False)
app.send_task("celery.accumulate", (1, 2))
print("done" if done.wait(10) else "late", callable(application), sorted(t.name for t in threading.enumerate()))
"""


class TestTheWebProcess:
    def test_runs_tasks_and_the_clock_in_threads_beside_the_pages(self, tmp_path: Path) -> None:
        variables = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}", "CELERY_BROKER_URL": "memory://"}
        clean = {name: value for name, value in os.environ.items() if name != "REDIS_URL"}
        told = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**clean, **variables},
            capture_output=True,
            text=True,
            timeout=40,
            check=True,
        ).stdout.splitlines()[-1]
        assert told.startswith("done True")
        assert "'worker'" in told
        assert "'Beat'" in told
