"""A burst at the door with one worker behind it: half about payments, half about a few Items of a real simulator."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg

from bench.webhooks_servers import PRODUCT, Server, running

ITEMS, WARM_UP, PATIENCE, QUIET = 20, 1000, 600.0, 60.0
CLIENT, CONNECT = "bench.webhooks_client", "bench.webhooks_items"
START = "from financehub.runtime import preloaded as p; p.load(); p.{what}()"


@contextmanager
def simulator() -> Iterator[dict[str, str]]:
    """Pluggy's simulator on a free port; the variables that point the product at it."""
    command = [sys.executable, "-m", "pluggy_sandbox", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    try:
        yield {
            "PLUGGY_BASE_URL": told["url"],
            "PLUGGY_CLIENT_ID": told["clientId"],
            "PLUGGY_CLIENT_SECRET": told["clientSecret"],
        }
    finally:
        process.terminate()
        process.wait(timeout=10)


class Program(Server):
    """The product's worker or its clock, as `financehub up` starts them."""

    def __init__(self, what: str, environment: dict[str, str]) -> None:
        self.port = 0
        self.process = subprocess.Popen(
            [sys.executable, "-c", START.format(what=what)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )


def connected(environment: dict[str, str]) -> list[str]:
    """The vendor's ids of fresh Items that the product knows."""
    command = [sys.executable, "-m", CONNECT, str(ITEMS)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout.splitlines()[-1]))


def burst(url: str, environment: dict[str, str], events: int) -> dict[str, Any]:
    """So many events at once; how many were stored, and how fast they were worked off."""
    with ExitStack() as stack:
        environment = {**environment, **stack.enter_context(simulator())}
        environment["BENCH_ITEMS"] = " ".join(connected(environment))
        worker = Program("worker()", environment)
        stack.callback(worker.kill)
        stack.callback(Program("beat()", environment).kill)
        server = stack.enter_context(running(PRODUCT, environment))
        _post(server, environment, WARM_UP)  # both have seen events, and have what they keep
        _wait_until_over(url, WARM_UP, time.monotonic())
        before, started = (server.resident_mb(), worker.resident_mb()), time.monotonic()
        told = _post(server, environment, events)
        over, seconds = _wait_until_over(url, WARM_UP + events, started)
        after, stored = (server.resident_mb(), worker.resident_mb()), _count(url, "") - WARM_UP
        return {
            "events": events,
            "stored": stored,
            "lost": told["accepted"] - stored,
            "accepted_per_s": round(told["accepted"] / told["seconds"]),
            "handled": over - WARM_UP,
            "handled_per_s": round((over - WARM_UP) / seconds),
            "ended_after_s": round(seconds, 1),
            "open": _by_status(url),
            "items": ITEMS,
            "syncs": _number(url, "SELECT count(*) FROM banking_sync"),
            "payments": _number(url, "SELECT count(*) FROM webhooks_paymentmirror") - WARM_UP // 2,
            "peak_mb": round(max(server.peak_mb(), worker.peak_mb())),
            "grown_mb": {"web": round(after[0] - before[0]), "worker": round(after[1] - before[1])},
        }


def _post(server: Server, environment: dict[str, str], count: int) -> dict[str, Any]:
    command = [sys.executable, "-m", CLIENT, str(count), str(server.port)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout)[0])


def _wait_until_over(url: str, events: int, started: float) -> tuple[int, float]:
    """Until so many are handled, or nothing moves; how many, and the seconds until the last of them."""
    over, last_news = 0, time.monotonic()
    while over < events and time.monotonic() - last_news < QUIET and time.monotonic() - started < PATIENCE:
        time.sleep(0.2)
        now = _count(url, "handled")
        if now != over:
            over, last_news = now, time.monotonic()
    return over, last_news - started


def _by_status(url: str) -> list[list[str]]:
    """What is not handled, and why."""
    query = "SELECT status, last_error, count(*) FROM webhooks_webhookevent WHERE status <> 'handled' GROUP BY 1, 2"
    with psycopg.connect(url) as connection:
        return [[str(value) for value in row] for row in connection.execute(query)]


def _count(url: str, status: str) -> int:
    """Rows of a status, of any when empty."""
    query = "SELECT count(*) FROM webhooks_webhookevent WHERE %s IN ('', status)"
    return _number(url, query, status)


def _number(url: str, query: str, *values: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode(), values).fetchone()
        return int(row[0]) if row else 0
