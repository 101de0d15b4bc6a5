"""The console script: commands of the runtime, and every Django command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def financehub(*arguments: str, data: Path) -> "subprocess.CompletedProcess[str]":
    """Run it beside an empty data directory."""
    return subprocess.run(
        [Path(sys.executable).with_name("financehub"), *arguments],
        env={**os.environ, "FINANCEHUB_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", ["up", "demo"])
def test_a_command_of_the_runtime_explains_itself(tmp_path: Path, command: str) -> None:
    told = financehub(command, "--help", data=tmp_path)
    assert (told.returncode, told.stdout.splitlines()[0][:20]) == (0, f"usage: financehub {command}"[:20])


def test_everything_else_is_a_django_command(tmp_path: Path) -> None:
    told = financehub("help", data=tmp_path).stdout
    assert {"migrate", "retry_webhook", "register_webhooks", "sync_account"} <= set(told.split())


def test_a_command_nobody_knows_is_refused_by_name(tmp_path: Path) -> None:
    told = financehub("dance", data=tmp_path)
    assert told.returncode != 0
    assert "dance" in told.stderr


def test_a_reader_that_has_seen_enough_gets_no_traceback(tmp_path: Path) -> None:
    command = f"{Path(sys.executable).with_name('financehub')} events --markdown | head -1"
    told = subprocess.run(
        ["bash", "-c", command],
        env={**os.environ, "FINANCEHUB_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.stdout.startswith("# Vendor events")
    assert told.stderr == ""
