"""The product's real programs for the tests that kill them: a web process, a worker, and what they stand on."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from tests.webhooks.knocks import SECRET

from financehub.runtime import broker, ports

START = "from financehub.runtime import preloaded as p; p.load(); p.{what}()"


@dataclass
class Installation:
    """One installation on SQLite in `directory`; programs are started and killed by name."""

    directory: Path
    variables: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database = self.directory / "hub.sqlite3"
        self.socket = self.directory / "valkey.sock"
        self.port = ports.pick_free()
        self.manage("migrate", "-v0")

    @property
    def environment(self) -> dict[str, str]:
        chosen = {
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
            "PLUGGY_WEBHOOK_SECRET": SECRET,
            "FINANCEHUB_LOG_LEVEL": "ERROR",
            **broker.variables(self.socket),
            **self.variables,
        }
        return {**os.environ, **chosen}

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "django", *arguments]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def start(self, name: str) -> None:
        """`valkey`, `web` or `worker`."""
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        commands: dict[str, list[str]] = {
            "valkey": [str(broker.binary()), *options, "--dir", str(self.directory)],
            "web": [sys.executable, "-c", START.format(what=f"web({self.port}, worker_inside=False)")],
            "worker": [sys.executable, "-c", START.format(what="worker()")],
        }
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(commands[name], env=self.environment, process_group=0, **quiet)
        self.running[name] = process
        if name == "valkey":
            assert eventually(lambda: broker.answers(self.socket))
        elif name == "web":
            assert eventually(lambda: ports.answers(self.port))

    def kill(self, name: str) -> None:
        """SIGKILL to the program and everything it started."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def supervise(self, name: str) -> None:
        """Start it again when it ended by itself, as `financehub up` and every service manager do."""
        if self.running[name].poll() is not None:
            self.start(name)

    def kill_all(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def post(self, content: dict[str, Any], secret: str = SECRET) -> int:
        """The status, 0 when no answer came."""
        headers = {"X-Webhook-Secret": secret, "Content-Type": "application/json"}
        url = f"http://127.0.0.1:{self.port}/api/webhooks/pluggy"
        try:
            return httpx.post(url, content=json.dumps(content), headers=headers, timeout=10).status_code
        except httpx.HTTPError:
            return 0

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.database, timeout=10) as connection:
            return connection.execute(sql, values).fetchall()

    def statuses(self) -> dict[str, str]:
        """Event id to status."""
        return dict(self.query("SELECT external_id, status FROM webhooks_webhookevent"))

    def let_time_pass(self) -> None:
        """Leases run out, and the clock sweeps."""
        past = "2000-01-01 00:00:00.000000"
        self.query("UPDATE webhooks_webhookevent SET lease_until = ? WHERE lease_until IS NOT NULL", past)
        self.query("UPDATE webhooks_webhookevent SET due_at = ? WHERE due_at IS NOT NULL", past)
        self.query("UPDATE core_lease SET expires_at = ?", past)
        code = "import django; django.setup(); from celery import current_app as a; a.loader.import_default_modules();"
        send = "a.send_task('webhooks.sweep')"
        subprocess.run([sys.executable, "-c", code + send], env=self.environment, check=True)


def eventually(check: Any, seconds: float = 40) -> bool:
    """Whether `check` becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.05)
    return False
