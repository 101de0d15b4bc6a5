"""Preparing an installation: as a child of the supervisor runs it, and twice."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path


def prepare(place: Path) -> "subprocess.CompletedProcess[str]":
    variables = {
        "DATABASE_URL": f"sqlite:///{place / 'hub.sqlite3'}",
        "FINANCEHUB_STATIC_ROOT": str(place / "static"),
    }
    return subprocess.run(
        [sys.executable, "-m", "financehub.runtime.prepare"],
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_database_and_the_static_files_are_made_and_kept(tmp_path: Path) -> None:
    for _ in range(2):
        done = prepare(tmp_path)
        assert done.returncode == 0, done.stderr
    tables = sqlite3.connect(tmp_path / "hub.sqlite3").execute("SELECT name FROM sqlite_master").fetchall()
    assert {("audit_logs",), ("banking_transaction",)} <= set(tables)
    assert (tmp_path / "static" / "web" / "app.css").exists()
