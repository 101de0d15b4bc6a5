"""The same final state under any order, duplication or loss of webhooks: `script/bench convergence --seeds N --json`.

Every seed is a month at two banks, and a story of billing. The quiet runs deliver each event once and in order; after
one sweep the normalised database of every seed must equal theirs, and its rows those that the simulators have.
Seeds without losses are compared before the sweep as well: `before_sweep_share` of them were equal already.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

from tests.journeys.billing.names import names

from bench import databases

RUN, BILLING = "bench.convergence_run", "bench.convergence_billing"
BILLING_BEGINS = "2026-03-02T12:00:00Z"
DAYS = 30
SEEDS = 25
KINDS = (
    "killed",
    "lossless",
    "lossy",
    "lossless",
    "killed",
)  # of 25 seeds ten meet real processes and kill -9
LEFT_OUT = [
    "keys, times and counters of our own",
    "payment events are never dropped: they are only told, so nothing can be read again yet",
    "billing: the warning a week before a renewal, which is not said late",
]


def kind_of(seed: int) -> str:
    """What goes wrong with this seed."""
    return KINDS[seed % len(KINDS)]


def run(kind: str, seed: int, template: Path, directory: Path, days: int = DAYS) -> dict[str, Any]:
    """One month in a fresh world and a fresh database."""
    began = datetime.now(UTC) - timedelta(days=days + 1)
    order = {"kind": kind, "seed": seed, "days": days}
    with simulator("pluggy_sandbox", began.strftime("%Y-%m-%dT00:00:00Z")) as world:
        places = {"url": world["url"], "client_id": world["clientId"], "client_secret": world["clientSecret"]}
        return _play(RUN, {**order, **places}, template, directory)


def run_billing(kind: str, seed: int, story: str, template: Path, directory: Path) -> dict[str, Any]:
    """One story of billing, likewise."""
    with simulator("stripe_sandbox", BILLING_BEGINS) as world:
        order = {"kind": kind, "seed": seed, "story": story}
        places = {"url": world["url"], "secret_key": world["secretKey"]}
        return _play(BILLING, {**order, **places}, template, directory)


def story_of(seed: int) -> str:
    """Which story of billing belongs to a seed."""
    return names()[seed % len(names())]


@contextmanager
def simulator(name: str, now: str) -> Iterator[dict[str, str]]:
    """A fresh world whose clock stands still; what it says of itself."""
    command = [sys.executable, "-m", name, "--port", "0", "--frozen", "--now", now]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.terminate()
        process.wait(timeout=10)


def _play(module: str, order: dict[str, Any], template: Path, directory: Path) -> dict[str, Any]:
    database = directory / f"{module}-{order['kind']}-{order['seed']}.sqlite3"
    copyfile(template, database)
    done = subprocess.run(
        [sys.executable, "-m", module, json.dumps(order)],
        env=environment(database),
        capture_output=True,
        text=True,
        check=False,
    )
    for leftover in directory.glob(f"{database.name}*"):
        leftover.unlink()
    if done.returncode:
        raise SystemExit(f"bench: seed {order['seed']} ({order['kind']}) failed:\n{done.stderr[-3000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def environment(database: Path) -> dict[str, str]:
    """No broker: work happens in the run's own process, or in the one it kills."""
    chosen = {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "PLUGGY_WEBHOOK_SECRET": "convergence",
        "FINANCEHUB_SYNC_START_GAP_MS": "0",
        "FINANCEHUB_LOG_LEVEL": "CRITICAL",
        "FINANCEHUB_WEBHOOK_RATE": "0",
        "CELERY_BROKER_URL": "memory://",
        "REDIS_URL": "",
    }
    return {**os.environ, **chosen}


@dataclass
class Played:
    """One seed's month or story, beside its quiet run."""

    seed: int
    what: str
    told: dict[str, Any]
    quiet: dict[str, Any]

    @property
    def kind(self) -> str:
        return kind_of(self.seed)


def play_all(seeds: int, template: Path, directory: Path, jobs: int) -> Iterator[Played]:
    """Every seed and what came of it, so many at a time; the quiet runs first."""
    numbers = range(1, seeds + 1)
    with ThreadPoolExecutor(jobs) as pool:
        month = pool.submit(run, "quiet", 0, template, directory)
        quiet = {
            story: pool.submit(run_billing, "quiet", -number, story, template, directory)
            for number, story in enumerate(sorted({story_of(seed) for seed in numbers}), 1)
        }
        for seed, told in zip(
            numbers, pool.map(lambda seed: _both(seed, template, directory), numbers), strict=True
        ):
            yield Played(seed, "month", told[0], month.result())
            yield Played(seed, story_of(seed), told[1], quiet[story_of(seed)].result())


def _both(seed: int, template: Path, directory: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    kind = kind_of(seed)
    billing = run_billing(kind, seed, story_of(seed), template, directory)
    return run(kind, seed, template, directory), billing


def differences(told: dict[str, Any], quiet: dict[str, Any], moment: str) -> list[str]:
    """Which parts of the database differ from the quiet run's at that moment."""
    return [part for part in quiet["after"] if told[moment][part] != quiet[moment][part]]


def untrue(told: dict[str, Any]) -> list[str]:
    """Rows that the simulator has and we do not, or the reverse."""
    return [f"{told[name]} {name}" for name in ("missing", "invented") if told[name]]


def main() -> None:
    """Play every seed and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--json", action="store_true", help="on one line")
    # One more than there are processors: a run waits for its simulator, and for those that it kills.
    jobs = (os.cpu_count() or 1) + 1
    parser.add_argument("--jobs", type=int, default=jobs, help="how many seeds at a time")
    options = parser.parse_args()
    diverged: list[dict[str, Any]] = []
    too_late: list[dict[str, Any]] = []
    counts = {"events": 0, "lost": 0, "crashes": 0, "cuts": 0, "doubled": 0}
    runs = lossless = 0
    with tempfile.TemporaryDirectory(prefix="fh-bench-") as name:
        for one in play_all(options.seeds, databases.migrated_file(Path(name)), Path(name), options.jobs):
            runs += 1
            for count in counts:
                counts[count] += one.told[count]
            about = {"seed": one.seed, "what": one.what, "kind": one.kind}
            parts = differences(one.told, one.quiet, "after") + untrue(one.told) + one.told["unfinished"]
            is_equal = not parts and not one.told["doubled"]
            said = f"seed {one.seed}, {one.kind}, {one.what}: {'equal' if is_equal else 'DIVERGED'}"
            print(said, file=sys.stderr, flush=True)
            if not is_equal:
                diverged.append({**about, "parts": parts})
            if one.kind == "lossless":
                lossless += 1
                if early := differences(one.told, one.quiet, "before"):
                    too_late.append({**about, "parts": early})
    result = {
        "seeds": options.seeds,
        "runs": runs,
        "diverged": len(diverged),
        "before_sweep_share": round(1 - len(too_late) / lossless, 3) if lossless else 1.0,
        **counts,
        "killed_seeds": sum(kind_of(seed) == "killed" for seed in range(1, options.seeds + 1)),
        "left_out": LEFT_OUT,
        "which": diverged,
        "only_after_sweep": too_late,
    }
    print(json.dumps(result, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
