"""The programs of the webhook bench: started on ports of their own, watched for memory, killed."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from financehub.runtime import broker, ports

PRODUCT, FLOOR = "bench.webhooks_product", "bench.webhooks_floor"
SECRET = secrets.token_urlsafe(24)


class Server:
    """A program that listens on a port of its own, for the block of `running`."""

    def __init__(self, module: str, environment: dict[str, str], port: int) -> None:
        self.port = port
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            env={**environment, "PORT": str(port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        deadline = time.monotonic() + 120
        while not ports.answers(port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"bench: {module} does not start")
            time.sleep(0.05)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def peak_mb(self) -> float:
        """The most memory that any process of its group ever had resident."""
        return max(self._memory("VmHWM"), default=0.0)

    def resident_mb(self) -> float:
        """The same, now."""
        return max(self._memory("VmRSS"), default=0.0)

    def _memory(self, line_name: str) -> Iterator[float]:
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
                if os.getpgid(int(status.parent.name)) == self.process.pid:
                    line = next(line for line in text.splitlines() if line.startswith(line_name))
                    yield int(line.split()[1]) / 1024
            except (OSError, StopIteration):
                continue


@contextmanager
def running(module: str, environment: dict[str, str]) -> Iterator[Server]:
    """The program, killed at the end of the block."""
    server = Server(module, environment, ports.pick_free())
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def environment_for(database_url: str, socket: Path) -> dict[str, str]:
    """Both programs get the same secret and the same key."""
    chosen = {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "PLUGGY_WEBHOOK_SECRET": SECRET,
        "FINANCEHUB_KEYS": "bench:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "FINANCEHUB_LOG_LEVEL": "ERROR",
        "FINANCEHUB_WEBHOOK_RATE": "0",
        "PLUGGY_CLIENT_ID": "",
        **broker.variables(socket),
    }
    return {**os.environ, **chosen}


def migrate(environment: dict[str, str]) -> None:
    """The tables, for the product and the floor alike."""
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def create_database(server: str) -> str:
    """A fresh database of the server; its URL."""
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")
