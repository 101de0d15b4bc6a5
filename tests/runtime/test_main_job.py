"""The main job writes what went wrong where the demo can read it."""

import json
import os
import subprocess
import sys
from pathlib import Path


class TestTheMainJob:
    def test_names_the_step_that_failed(self, tmp_path: Path) -> None:
        variables = {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'demo.sqlite3'}",
            "PLUGGY_CLIENT_ID": "id",
            "PLUGGY_CLIENT_SECRET": "secret",
            "PLUGGY_BASE_URL": "http://127.0.0.1:1",
            "PLUGGY_ATTEMPTS": "1",
        }
        result = tmp_path / "result.json"
        done = subprocess.run(
            [sys.executable, "-m", "financehub.runtime.main_job", result],
            env={**os.environ, **variables},
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 1
        assert "/auth" in json.loads(result.read_text())["error"]
