"""The webhook door beside its floor in the same run: `script/bench webhooks --json`.

One web process of the product, and the leanest door that verifies, parses, seals and inserts the same row;
same cores, client and concurrency, in turns, median of three. Then a SIGKILL of web and database right after an
answer, and a burst with the worker running.
"""

import argparse
import asyncio
import json
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
from tests import services

from bench.webhooks_client import answer, request
from financehub.runtime import broker, ports

DURABLE = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "jit": "off",
    "synchronous_commit": "on",
}
ROUNDS, REQUESTS, WARM_UP = 3, 4000, 400
PRODUCT, FLOOR, CLIENT = "bench.webhooks_product", "bench.webhooks_floor", "bench.webhooks_client"
KILLS, BURST, PATIENCE = 5, 10_000, 240.0


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
        deadline = time.monotonic() + 30
        while not ports.answers(port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"bench: {module} does not start")
            time.sleep(0.05)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def peak_mb(self) -> float:
        """The most memory that any process of its group ever had resident."""
        found = [0.0]
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                text = status.read_text()
                if os.getpgid(int(status.parent.name)) == self.process.pid:
                    peak = next(line for line in text.splitlines() if line.startswith("VmHWM"))
                    found.append(int(peak.split()[1]) / 1024)
            except (OSError, StopIteration):
                continue
        return max(found)


@contextmanager
def running(module: str, environment: dict[str, str]) -> Iterator[Server]:
    """The program, killed at the end of the block."""
    server = Server(module, environment, ports.pick_free())
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def post(server: Server, environment: dict[str, str], count: int) -> dict[str, Any]:
    """What the client says of `count` events."""
    command = [sys.executable, "-m", CLIENT, str(server.port), str(count)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


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


SECRET = secrets.token_urlsafe(24)


def migrate(environment: dict[str, str]) -> None:
    """The tables, for the product and the floor alike."""
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def compare(product_url: str, floor_url: str, socket: Path) -> dict[str, Any]:
    """Accepted per second of the product and of the floor, in turns."""
    ours, theirs = environment_for(product_url, socket), environment_for(floor_url, socket)
    migrate(ours)
    migrate(theirs)
    told: dict[str, list[dict[str, Any]]] = {PRODUCT: [], FLOOR: []}
    with running(PRODUCT, ours) as product, running(FLOOR, theirs) as floor:
        for server, environment in ((product, ours), (floor, theirs)):
            post(server, environment, WARM_UP)
        for _ in range(ROUNDS):
            told[PRODUCT].append(post(product, ours, REQUESTS))
            told[FLOOR].append(post(floor, theirs, REQUESTS))
    rate, floor_rate = (median(map(_rate, told[name])) for name in (PRODUCT, FLOOR))
    return {
        "accepted_per_s": round(rate),
        "floor_per_s": round(floor_rate),
        "ratio": round(rate / floor_rate, 3),
        "p99_ms": median(run["p99_ms"] for run in told[PRODUCT]),
        "floor_p99_ms": median(run["p99_ms"] for run in told[FLOOR]),
        "refused": sum(run["failed"] for runs in told.values() for run in runs),
    }


def _rate(run: dict[str, Any]) -> float:
    return float(run["accepted"] / run["seconds"])


def kill_after_answers(
    environment: dict[str, str], stored: Callable[[list[str]], int], database: "Postmaster | None" = None
) -> dict[str, int]:
    """SIGKILL web and database the moment an answer was read; how many accepted events are gone afterwards."""
    accepted: list[str] = []
    for _ in range(KILLS):
        with running(PRODUCT, environment) as server:
            accepted += asyncio.run(_post_until_killed(server, database))
        if database:
            database.start_again()
    return {"kills": KILLS, "accepted": len(accepted), "lost": len(accepted) - stored(accepted)}


class Postmaster:
    """The PostgreSQL of the block, to be killed and started again on the same files."""

    def __init__(self, url: str) -> None:
        self._data, self._url = Path(url.partition("host=")[2]), url
        self._again: subprocess.Popen[bytes] | None = None

    def kill(self) -> None:
        pid = int((self._data / "postmaster.pid").read_text().splitlines()[0])
        place = Path(f"/proc/{pid}")
        self._again = None
        self._command = place.joinpath("cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        self._user = place.stat().st_uid
        os.killpg(os.getpgid(pid), signal.SIGKILL)
        os.waitpid(pid, 0)  # a zombie would still hold the lock file

    def start_again(self) -> None:
        deadline = time.monotonic() + 60
        while not self._answers():
            if self._again is None or self._again.poll() is not None:  # its children still hold the files
                self._again = self._start()
            if time.monotonic() > deadline:
                raise SystemExit("bench: PostgreSQL does not start again")
            time.sleep(0.2)

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            self._command,
            user=self._user if os.geteuid() == 0 else None,
            cwd=self._data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self._url).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        if self._again:
            self._again.send_signal(signal.SIGINT)
            self._again.wait(timeout=20)


async def _post_until_killed(server: Server, database: "Postmaster | None") -> list[str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    taken = []
    for _ in range(20):
        key, raw = request(SECRET)
        writer.write(raw)
        if await answer(reader) == 202:
            taken.append(key)
    if database:
        database.kill()
    server.kill()
    writer.close()
    return taken


def burst(environment: dict[str, str], count_by: Callable[[str], int], events: int) -> dict[str, Any]:
    """A burst at the door with one worker behind it."""
    with_limit = {**environment, "FINANCEHUB_WEBHOOK_RATE": "0", "BENCH_EVENT": "payment_intent/completed"}
    worker = subprocess.Popen(
        [sys.executable, "-c", "from financehub.runtime import preloaded as p; p.load(); p.worker()()"],
        env=with_limit,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    try:
        with running(PRODUCT, with_limit) as server:
            before = server.peak_mb()
            already, started = count_by(""), time.monotonic()
            told = post(server, with_limit, events)
            stored = count_by("") - already
            handled = _wait_until_handled(count_by, events, started)
            peak = server.peak_mb()
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    return {
        "events": events,
        "stored": stored,
        "lost": told["accepted"] - stored,
        "accepted_per_s": round(_rate(told)),
        "handled": handled[0],
        "handled_per_s": round(handled[0] / handled[1]),
        "peak_mb": round(peak),
        "grown_mb": round(peak - before),
    }


def _wait_until_handled(count_by: Callable[[str], int], events: int, started: float) -> tuple[int, float]:
    handled, last_news = 0, time.monotonic()
    while handled < events and time.monotonic() - last_news < 45 and time.monotonic() - started < PATIENCE:
        time.sleep(0.5)
        now = count_by("handled")
        if now != handled:
            handled, last_news = now, time.monotonic()
    return handled, last_news - started


def sqlite_counter(path: Path) -> Callable[[str], int]:
    """Counts rows of a status (of any when empty) in a file."""

    def count(status: str) -> int:
        with sqlite3.connect(path, timeout=10) as connection:
            query = "SELECT count(*) FROM webhooks_webhookevent WHERE ? IN ('', status)"
            return int(connection.execute(query, [status]).fetchone()[0])

    return count


def postgres_counter(url: str) -> Callable[[str], int]:
    """The same of a PostgreSQL."""

    def count(status: str) -> int:
        with psycopg.connect(url) as connection:
            query = "SELECT count(*) FROM webhooks_webhookevent WHERE %s IN ('', status)"
            row = connection.execute(query, [status]).fetchone()
            return int(row[0]) if row else 0

    return count


def on_sqlite(directory: Path, socket: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """Throughput with `synchronous=FULL` on both sides, and the kills."""
    product, floor = (directory / f"{uuid4().hex}.sqlite3" for _ in range(2))
    urls = [f"sqlite:///{path}?synchronous=FULL" for path in (product, floor)]
    figures = compare(*urls, socket) | {"synchronous": "FULL"}

    def stored(keys: list[str]) -> int:
        with sqlite3.connect(product) as connection:
            marks = ",".join("?" * len(keys))
            query = f"SELECT count(*) FROM webhooks_webhookevent WHERE external_id IN ({marks})"
            return int(connection.execute(query, keys).fetchone()[0])

    return figures, kill_after_answers(environment_for(urls[0], socket), stored)


def on_postgresql(directory: Path, socket: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """Throughput with `synchronous_commit=on`, and the kills of web, then of the database."""
    place = directory / "pg"
    place.mkdir(mode=0o711)
    with services.postgresql(place, DURABLE) as server:
        product, floor = (create_database(server) for _ in range(2))
        figures = compare(product, floor, socket) | {"synchronous_commit": "on"}
        postmaster = Postmaster(product)
        try:
            kills = kill_after_answers(environment_for(product, socket), stored_in(product), postmaster)
        finally:
            postmaster.stop()
    return figures, kills


def stored_in(url: str) -> Callable[[list[str]], int]:
    """How many of these ids a PostgreSQL has."""

    def stored(keys: list[str]) -> int:
        with psycopg.connect(url) as connection:
            query = "SELECT count(*) FROM webhooks_webhookevent WHERE external_id = ANY(%s)"
            row = connection.execute(query, [keys]).fetchone()
            return int(row[0]) if row else 0

    return stored


def create_database(server: str) -> str:
    """A fresh database of the server; its URL."""
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def main() -> None:
    """Measure everything and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="on one line")
    parser.add_argument("--burst", type=int, default=BURST)
    options = parser.parse_args()
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fh-bench-")))
        directory.chmod(0o711)
        socket = stack.enter_context(services.valkey(directory))
        postgresql, killed_postgresql = on_postgresql(directory, socket)
        sqlite, killed_sqlite = on_sqlite(directory, socket)
        place = directory / "burst"
        place.mkdir(mode=0o711)
        with services.postgresql(place, DURABLE) as server:
            url = create_database(server)
            environment = environment_for(url, socket)
            migrate(environment)
            of_burst = burst(environment, postgres_counter(url), options.burst)
    result = {
        "postgresql": postgresql,
        "sqlite": sqlite,
        "burst": of_burst,
        "sigkill": {"postgresql": killed_postgresql, "sqlite": killed_sqlite},
    }
    print(json.dumps(result, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
