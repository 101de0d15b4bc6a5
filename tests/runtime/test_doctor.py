"""`financehub doctor` as a person runs it: it says what is wrong and what to do, and its code tells."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from financehub.runtime import data_directory

OURS = ("FINANCEHUB_", "PLUGGY_", "DATABASE_URL", "REDIS_URL", "CELERY_")


def doctor(data: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run it with nothing set but `variables`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return subprocess.run(
        [Path(sys.executable).with_name("financehub"), "doctor"],
        env={**clean, "FINANCEHUB_DATA_DIR": str(data), **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


class TestTheDoctor:
    def test_names_what_a_bare_environment_lacks(self, tmp_path: Path) -> None:
        report = doctor(tmp_path)
        assert report.returncode == 1
        assert "PROBLEM keys       FINANCEHUB_KEYS is not set" in report.stdout
        assert "use `financehub up`, which makes one" in report.stdout
        assert "note    connectors Pluggy is off" in report.stdout

    def test_reads_the_installation_that_up_made(self, tmp_path: Path) -> None:
        keys = data_directory.keys(tmp_path)
        ours = {
            "DATABASE_URL": f"sqlite:///{tmp_path / 'hub.sqlite3'}",
            "FINANCEHUB_KEYS": keys["FINANCEHUB_KEYS"],
            "FINANCEHUB_SECRET_KEY": keys["FINANCEHUB_SECRET_KEY"],
            "PLUGGY_CLIENT_ID": "id",
            "PLUGGY_CLIENT_SECRET": "secret",
            "PLUGGY_BASE_URL": "http://127.0.0.1:1",
        }
        data_directory.write_variables(tmp_path / data_directory.ENVIRONMENT_FILE, ours)
        report = doctor(tmp_path)
        assert "ok      keys       1 in the ring" in report.stdout
        assert "PROBLEM database   sqlite" in report.stdout
        assert "-> run: financehub migrate" in report.stdout
        assert "PROBLEM connectors http://127.0.0.1:1 does not answer" in report.stdout
        assert "-> start `financehub up`" in report.stdout

    def test_explains_a_setting_that_stops_the_boot(self, tmp_path: Path) -> None:
        report = doctor(tmp_path, DATABASE_URL="mysql://nowhere")
        assert report.returncode == 1
        assert report.stdout.startswith("PROBLEM settings   DATABASE_URL must start with")

    @pytest.mark.parametrize(
        ("variables", "line"),
        [
            ({"FINANCEHUB_KEYS": "a:c2hvcnQ="}, "PROBLEM keys       FINANCEHUB_KEYS needs keys of 32 bytes"),
            ({"REDIS_URL": "redis://127.0.0.1:1"}, "PROBLEM broker     "),
            ({"PLUGGY_WEBHOOK_URL": "http://x.example"}, "PROBLEM webhooks   http://x.example is not https"),
        ],
    )
    def test_says_what_is_wrong(self, tmp_path: Path, variables: dict[str, str], line: str) -> None:
        assert line in doctor(tmp_path, **variables).stdout
