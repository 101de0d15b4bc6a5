"""The demo company: three banks that work, one of them with a year, and one that needs attention, made once."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.simulator import start

EMAIL = "demo@example.com"


@pytest.fixture
def variables(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An installation without a broker, so that the seed does the background work itself."""
    process, simulator = start()
    clean = {
        name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "CELERY_BROKER_URL"}
    }
    yield {
        **clean,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'hub.sqlite3'}",
        "FINANCEHUB_STATIC_ROOT": str(tmp_path / "static"),
        "PLUGGY_BASE_URL": simulator.url,
        "PLUGGY_CLIENT_ID": simulator.client_id,
        "PLUGGY_CLIENT_SECRET": simulator.client_secret,
    }
    process.terminate()
    process.wait(timeout=10)


def run(module: str, *arguments: str, **variables: str) -> str:
    command = [sys.executable, "-m", f"financehub.runtime.{module}", *arguments]
    return subprocess.run(
        command, env=variables, capture_output=True, text=True, timeout=90, check=True
    ).stdout


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(database) as link:
        return link.execute(query).fetchall()


@pytest.mark.slow
class TestTheSeed:
    def test_is_sown_once_and_a_second_time_only_changes_the_password(
        self, variables: dict[str, str], tmp_path: Path
    ) -> None:
        run("prepare", **variables)
        assert (tmp_path / "static" / "web").is_dir()
        told = run("seeding", EMAIL, **variables, FINANCEHUB_DEMO_PASSWORD="first password")
        assert "accounts and" in told
        database = tmp_path / "hub.sqlite3"
        items = "SELECT connector_id, status FROM banking_item ORDER BY connector_id"
        assert rows(database, items) == [
            (201, "UPDATED"),
            (202, "LOGIN_ERROR"),
            (206, "UPDATED"),
            (604, "UPDATED"),
        ]
        months = (
            "SELECT count(DISTINCT substr(date, 1, 7)) FROM banking_transaction WHERE withdrawn_at IS NULL"
        )
        assert rows(database, months) >= [(12,)]
        installments = "SELECT count(*) FROM banking_transaction WHERE total_installments > 1"
        assert rows(database, installments) > [(0,)]
        password = rows(database, "SELECT password FROM companies_user")
        run("seeding", EMAIL, **variables, FINANCEHUB_DEMO_PASSWORD="second password")
        assert len(rows(database, items)) == 4
        assert rows(database, "SELECT password FROM companies_user") != password
        changes = "SELECT actor_kind FROM audit_logs WHERE action = 'person.password_changed'"
        assert rows(database, changes) == [("system",)]
