"""The webhook door beside its floor in the same run: `script/bench webhooks --json`.

One web process of the product, and the leanest door that verifies, parses, seals and inserts the same row; same
cores, client and concurrency, in small slices by turns, median of three. Then a SIGKILL of web and database right
after an answer, and a burst with the worker running.
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
from tests import services

from bench.webhooks_burst import CLIENT, burst
from bench.webhooks_kills import Postmaster, kill_after_answers
from bench.webhooks_servers import FLOOR, PRODUCT, create_database, environment_for, migrate, running

DURABLE = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    "jit": "off",
    "synchronous_commit": "on",
}
ROUNDS, REQUESTS, WARM_UP = 3, 4000, 500
BURST = 10_000
Figures = dict[str, Any]


def compare(product_url: str, floor_url: str, socket: Path) -> Figures:
    """Accepted per second of the product and of the floor, in turns."""
    ours, theirs = environment_for(product_url, socket), environment_for(floor_url, socket)
    migrate(ours)
    migrate(theirs)
    rounds: list[list[Figures]] = []
    with running(PRODUCT, ours) as product, running(FLOOR, theirs) as floor:
        ports = [str(product.port), str(floor.port)]
        for count in (WARM_UP, *[REQUESTS] * ROUNDS):
            command = [sys.executable, "-m", CLIENT, str(count), *ports]
            done = subprocess.run(command, env=ours, capture_output=True, text=True, check=True)
            rounds.append(json.loads(done.stdout))
    measured = rounds[1:]
    return {
        "accepted_per_s": round(median(_rate(ours) for ours, _ in measured)),
        "floor_per_s": round(median(_rate(theirs) for _, theirs in measured)),
        "ratio": round(median(_rate(ours) / _rate(theirs) for ours, theirs in measured), 3),
        "ratios": [round(_rate(ours) / _rate(theirs), 3) for ours, theirs in measured],
        "p99_ms": median(ours["p99_ms"] for ours, _ in measured),
        "floor_p99_ms": median(theirs["p99_ms"] for _, theirs in measured),
        "refused": sum(told["failed"] for both in rounds for told in both),
    }


def _rate(told: Figures) -> float:
    return float(told["accepted"] / told["seconds"])


def on_sqlite(directory: Path, socket: Path) -> tuple[Figures, dict[str, int]]:
    """Throughput with `synchronous=FULL` on both sides, and the kills."""
    product, floor = (directory / f"{uuid4().hex}.sqlite3" for _ in range(2))
    urls = [f"sqlite:///{path}?synchronous=FULL" for path in (product, floor)]
    figures = compare(urls[0], urls[1], socket) | {"synchronous": "FULL"}

    def stored(keys: list[str]) -> int:
        with sqlite3.connect(product) as connection:
            marks = ",".join("?" * len(keys))
            query = f"SELECT count(*) FROM webhooks_webhookevent WHERE external_id IN ({marks})"
            return int(connection.execute(query, keys).fetchone()[0])

    return figures, kill_after_answers(environment_for(urls[0], socket), stored)


def on_postgresql(directory: Path, socket: Path) -> tuple[Figures, dict[str, int]]:
    """Throughput with `synchronous_commit=on`, and the kills of web, then of the database."""
    with services.postgresql(_place(directory, "pg"), DURABLE) as server:
        product, floor = (create_database(server) for _ in range(2))
        figures = compare(product, floor, socket) | {"synchronous_commit": "on"}
        postmaster = Postmaster(product)

        def stored(keys: list[str]) -> int:
            with psycopg.connect(product) as connection:
                query = "SELECT count(*) FROM webhooks_webhookevent WHERE external_id = ANY(%s)"
                row = connection.execute(query, [keys]).fetchone()
                return int(row[0]) if row else 0

        try:
            kills = kill_after_answers(environment_for(product, socket), stored, postmaster)
        finally:
            postmaster.stop()
    return figures, kills


def in_a_burst(directory: Path, socket: Path, events: int) -> Figures:
    """The burst on a PostgreSQL of its own."""
    with services.postgresql(_place(directory, "burst"), DURABLE) as server:
        url = create_database(server)
        environment = environment_for(url, socket)
        migrate(environment)
        return burst(url, environment, events)


def _place(directory: Path, name: str) -> Path:
    place = directory / name
    place.mkdir(mode=0o711)
    return place


def main() -> None:
    """Measure everything and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="on one line")
    parser.add_argument("--burst", type=int, default=BURST, help="how many events")
    parser.add_argument("--only", choices=["postgresql", "sqlite", "burst"], help="one part")
    options = parser.parse_args()
    result: Figures = {}
    with ExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fh-bench-")))
        directory.chmod(0o711)
        socket = stack.enter_context(services.valkey(directory))
        kills = {}
        for name, measure in (("postgresql", on_postgresql), ("sqlite", on_sqlite)):
            if options.only in (None, name):
                result[name], kills[name] = measure(directory, socket)
        if options.only in (None, "burst"):
            result["burst"] = in_a_burst(directory, socket, options.burst)
    if kills:
        result["sigkill"] = kills
    print(json.dumps(result, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
