"""`financehub demo --json`: the main job in one command, and nothing left behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("financehub")


@pytest.mark.slow
class TestTheDemo:
    def test_prints_one_object_that_adds_up(self, tmp_path: Path) -> None:
        # Whatever the person has set for their own installation is left alone.
        theirs = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "PLUGGY_CLIENT_ID": "theirs"}
        done = subprocess.run(
            [PROGRAM, "demo", "--json"],
            env={**os.environ, **theirs, "TMPDIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        haul = json.loads(done.stdout)
        assert set(haul) == {"accounts", "transactions", "receipt", "seconds"}
        assert haul["accounts"] >= 3
        assert haul["transactions"] >= 300
        receipt = haul["receipt"]
        parts = ("new", "changed", "unchanged", "returned", "queued")
        assert receipt["read"] == sum(receipt[part] for part in parts) == haul["transactions"]
        assert list(tmp_path.iterdir()) == []
