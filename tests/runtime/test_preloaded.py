"""What is loaded before the forks: everything, but no thread and no connection, which a fork would break."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import gc, json, os, sys, threading
from financehub.runtime import preloaded
preloaded.load()
open_ones = [f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd")]
links = [os.readlink(name) for name in open_ones if os.path.lexists(name)]
print(json.dumps({
    "threads": threading.active_count(),
    "connections": [link for link in links if link.startswith("socket:") or "sqlite" in link],
    "collects": gc.isenabled(),
    "has": ["financehub.web.views" in sys.modules, "celery.apps.worker" in sys.modules],
}))
"""


class TestWhatIsLoaded:
    def test_can_be_forked(self, tmp_path: Path) -> None:
        variables = {"DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}"}
        told = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
        assert told.strip() == '{"threads": 1, "connections": [], "collects": false, "has": [true, true]}'
