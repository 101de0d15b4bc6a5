"""A worker that dies: a real process that syncs, and a road to the vendor on which it is shot with SIGKILL."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import httpx
from django.conf import settings
from django.db import connection

WORKER = """
import os, sys, django
django.setup()
from uuid import UUID
from financehub.banking import syncing
print("ready", flush=True)
sys.stdin.readline()
syncing.run_sync(sync_id=UUID(sys.argv[1]))
"""
KEPT_HEADERS = ("content-type", "retry-after")


@dataclass
class Road:
    """Passes requests on; kills the traveller at the `fatal` one: unanswered, or `grace` seconds after."""

    vendor: str
    fatal: int | None = None
    grace: float | None = None
    victim: int | None = None
    passed: int = 0
    url: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_fatal(self) -> bool:
        with self.lock:
            self.passed += 1
            return self.passed == self.fatal

    def shoot(self, after: float = 0) -> None:
        if self.victim is not None:
            time.sleep(after)
            os.kill(self.victim, signal.SIGKILL)


@contextmanager
def road_to(vendor: str) -> Iterator[Road]:
    """A road that is open for the block."""
    road = Road(vendor)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(road))
    server.daemon_threads = True
    road.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield road
    server.shutdown()
    server.server_close()


def sync_in_a_process(sync_id: UUID, road: Road) -> int:
    """Run one Sync in a worker of its own; its exit code, -9 when it was killed."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "DATABASE_URL": database_url(),
        "PLUGGY_BASE_URL": road.url,
        "PLUGGY_CLIENT_ID": settings.PLUGGY_CLIENT_ID,
        "PLUGGY_CLIENT_SECRET": settings.PLUGGY_CLIENT_SECRET,
        "FINANCEHUB_SYNC_START_GAP_MS": "0",
        "FINANCEHUB_LOG_LEVEL": "ERROR",
    }
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(sync_id)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "ready\n"
    road.victim, road.passed = worker.pid, 0
    worker.communicate("go\n", timeout=60)
    return worker.returncode


def database_url() -> str:
    """The database of this run, as another process names it."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    query = f"?host={database['HOST']}&port={database['PORT']}"
    return f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}{query}"


def _handler(road: Road) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            is_fatal = road.is_fatal()
            if is_fatal and road.grace is None:
                road.shoot()
                return
            headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            answer = httpx.request(self.command, road.vendor + self.path, headers=headers, content=body)
            self.send_response(answer.status_code)
            for name in KEPT_HEADERS:
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)
            if is_fatal:
                self.wfile.flush()
                road.shoot(after=road.grace or 0)

        do_GET = do_POST = do_PATCH = _pass_on  # noqa: N815 - the names of http.server

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - likewise
            """Silent."""

    return Handler
