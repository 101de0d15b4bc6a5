"""How fast a first sync is, beside the floor of the same run: `script/bench sync --json [--rows N] [--stored N,N]`.

The product goes the real way (HTTP pages of 500, parse, map, bulk upsert, raw pages kept); the floor fetches the
same pages on one connection and writes the same columns with the same encryption by COPY or executemany.
Work that a sync hands to others (pairing
transfers) stays in its queue. `ratio` is end to end; in `ratio_recorded` both have the pages in memory already,
and `ratio_cpu` compares what the two processes computed, which other load on the machine changes least.

`--stored 10000,100000,1000000` measures instead what a row of news costs when so many rows are there already.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from tests import services

from bench import databases
from bench.databases import Fresh

ROWS = 100_000
DURABLE = {"listen_addresses": "", "max_connections": "40", "shared_buffers": "256MB", "jit": "off"}
EXECUTION_SECONDS = 10
PATIENCE = 60  # the simulator makes all rows of a large Item at its first question
PRODUCT, FLOOR, STORED = "bench.sync_product", "bench.sync_floor", "bench.sync_stored"
NEWS_ROWS = 10_000


@dataclass(frozen=True)
class Vendor:
    """The simulator, and one Item in it with about as many rows as wanted."""

    url: str
    client_id: str
    client_secret: str
    item_id: str = ""

    def order(self, **more: str) -> dict[str, str]:
        known = {"url": self.url, "client_id": self.client_id, "client_secret": self.client_secret}
        return {**known, "item_id": self.item_id, **more}


@contextmanager
def simulator() -> Iterator[Vendor]:
    """The simulator on a free port, without its rate limits, for the block."""
    command = [sys.executable, "-m", "pluggy_sandbox", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        httpx.patch(f"{told['url']}/_control/switches", json={"rateLimits": False}).raise_for_status()
        yield Vendor(told["url"], told["clientId"], told["clientSecret"])
    finally:
        process.terminate()
        process.wait(timeout=10)


def item_with(vendor: Vendor, multiplier: int) -> Vendor:
    """An executed Item of `user-ok-perf-Nx`."""
    with httpx.Client(base_url=vendor.url, timeout=PATIENCE) as http:
        login = {"clientId": vendor.client_id, "clientSecret": vendor.client_secret}
        http.headers["X-API-KEY"] = http.post("/auth", json=login).json()["apiKey"]
        parameters = {"user": f"user-ok-perf-{multiplier}x", "password": "password-ok"}
        item = http.post("/items", json={"connectorId": 2, "parameters": parameters}).json()
        http.post("/_control/clock", json={"seconds": EXECUTION_SECONDS})
    return Vendor(vendor.url, vendor.client_id, vendor.client_secret, item["id"])


def first_pages(vendor: Vendor, days: int = 365) -> list[str]:
    """Where the floor starts to read each account: the same window as the product's."""
    with httpx.Client(base_url=vendor.url, timeout=PATIENCE) as http:
        login = {"clientId": vendor.client_id, "clientSecret": vendor.client_secret}
        http.headers["X-API-KEY"] = http.post("/auth", json=login).json()["apiKey"]
        accounts = http.get("/accounts", params={"itemId": vendor.item_id}).json()["results"]
    since = _window_start(days)
    return [f"/v2/transactions?accountId={account['id']}&dateFrom={since}" for account in accounts]


def _window_start(days: int) -> str:
    code = (
        "import django; django.setup(); from financehub.banking import reading;"
        f"print(reading.window_from({days}))"
    )
    return databases.python("-c", code, database_url="sqlite:///:memory:").strip()


Measure = Callable[[Fresh], dict[str, Any]]


def compare(fresh: Fresh, vendor: Vendor, smaller: Vendor, directory: Path) -> dict[str, Any]:
    """All figures of one kind of database."""
    tape = str(directory / f"{uuid4().hex}.tape")
    starts = json.dumps(first_pages(vendor))
    recorded = _in_fresh(fresh, PRODUCT, vendor.order(name="recorder", record=tape))
    product = _in_fresh(fresh, PRODUCT, vendor.order(name="product", again="yes"))
    half = _in_fresh(fresh, PRODUCT, smaller.order(name="half"))
    replay = _in_fresh(fresh, PRODUCT, vendor.order(name="replay", play=tape))
    floor = _in_fresh(fresh, FLOOR, vendor.order(first_pages=starts))
    floor_replay = _in_fresh(fresh, FLOOR, vendor.order(first_pages=starts, play=tape))
    rate, floor_rate = _rate(product["first"]), _rate(floor)
    seconds, replayed = product["first"]["seconds"], replay["first"]["seconds"]
    return {
        "rows": product["first"]["rows"],
        "rows_per_s": round(rate),
        "floor_rows_per_s": round(floor_rate),
        "ratio": round(rate / floor_rate, 3),
        "ratio_recorded": round(_rate(replay["first"]) / _rate(floor_replay), 3),
        "ratio_cpu": round(floor_replay["cpu_seconds"] / replay["first"]["cpu_seconds"], 3),
        "recorded_rows_per_s": round(_rate(replay["first"])),
        "floor_recorded_rows_per_s": round(_rate(floor_replay)),
        "fetch_share": round(max(0.0, 1 - replayed / seconds), 3),
        "second_sync_rows_written": product["second_rows_written"],
        "second_sync_rows_per_s": round(_rate(product["second"])),
        "peak_mb": round(product["peak_mb"]),
        "peak_mb_half": round(half["peak_mb"]),
        "rows_half": half["first"]["rows"],
        "recorder_rows": recorded["first"]["rows"],
    }


def _in_fresh(fresh: Fresh, module: str, order: dict[str, str]) -> dict[str, Any]:
    with fresh() as database:
        return database.run(module, order)


def _rate(timed: dict[str, float]) -> float:
    return timed["rows"] / timed["seconds"]


def rows_of_one_copy(vendor: Vendor) -> int:
    """How many rows a first sync reads of a `1x` Item."""
    single = item_with(vendor, 1)
    with httpx.Client(base_url=vendor.url, timeout=PATIENCE) as http:
        login = {"clientId": vendor.client_id, "clientSecret": vendor.client_secret}
        http.headers["X-API-KEY"] = http.post("/auth", json=login).json()["apiKey"]
        return sum(_count(http, address) for address in first_pages(single))


def _count(http: httpx.Client, address: str) -> int:
    rows, following = 0, address
    while following:
        page = http.get(following).json()
        rows += len(page["results"])
        following = f"/v2/transactions{page['next']}" if page["next"] else ""
    return rows


def by_stored(fresh: Fresh, vendor: Vendor, stored: list[int], directory: Path) -> dict[str, Any]:
    """The same news on top of ever more rows; `flat`: the dearest row of news beside the cheapest."""
    tape = str(directory / f"{uuid4().hex}.tape")
    _in_fresh(fresh, PRODUCT, vendor.order(name="recorder", record=tape))
    told = [
        _in_fresh(fresh, STORED, vendor.order(name="stored", play=tape, stored=str(rows))) for rows in stored
    ]
    costs = {name: [one[f"{name}_us_per_row"] for one in told] for name in ("news", "again")}
    return {"stored": told, **{f"flat_{name}": round(max(us) / min(us), 2) for name, us in costs.items()}}


def main() -> None:
    """Measure both databases and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--json", action="store_true", help="print JSON only (the default shows progress too)"
    )
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--stored", type=lambda text: [int(rows) for rows in text.split(",")], default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fh-bench-") as name, simulator() as vendor:
        directory = Path(name)
        directory.chmod(0o711)
        measure = (
            _stored(options, vendor, directory) if options.stored else _rates(options, vendor, directory)
        )
        with services.postgresql(directory, DURABLE) as server:
            postgresql = measure(databases.postgresql(server))
        sqlite = measure(databases.sqlite(directory))
    print(json.dumps({"postgresql": postgresql, "sqlite": sqlite}, indent=None if options.json else 2))


def _rates(options: argparse.Namespace, vendor: Vendor, directory: Path) -> Measure:
    multiplier = max(2, round(options.rows / rows_of_one_copy(vendor)))
    whole, half = item_with(vendor, multiplier), item_with(vendor, max(1, multiplier // 2))
    return partial(compare, vendor=whole, smaller=half, directory=directory)


def _stored(options: argparse.Namespace, vendor: Vendor, directory: Path) -> Measure:
    item = item_with(vendor, max(2, round(NEWS_ROWS / rows_of_one_copy(vendor))))
    return partial(by_stored, vendor=item, stored=options.stored, directory=directory)


if __name__ == "__main__":
    main()
