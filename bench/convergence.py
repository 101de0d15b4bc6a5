"""The same final state under any order, duplication or loss of webhooks: `script/bench convergence --seeds N --json`.

The simulator plays one month for every seed; the quiet run delivers each event once and in order. After one sweep
the normalised database of every seed must equal that of the quiet run, and its rows those the simulator has.
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
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

RUN = "bench.convergence_run"
DAYS = 30
SEEDS, PERIOD = 25, 10  # of ten seeds: one with real processes, five lossless, four lossy
LEFT_OUT = [
    "keys, times and counters of our own",
    "payment events are never dropped: they are only told, so nothing can be read again yet",
]


def kind_of(seed: int) -> str:
    """What goes wrong with this seed."""
    if seed % PERIOD == 0:
        return "killed"
    return "lossless" if seed % 2 else "lossy"


def run(kind: str, seed: int, template: Path, directory: Path, days: int = DAYS) -> dict[str, Any]:
    """One month in a fresh world and a fresh database."""
    database = directory / f"{kind}-{seed}.sqlite3"
    copyfile(template, database)
    began = datetime.now(UTC) - timedelta(days=days + 1)
    command = [sys.executable, "-m", "pluggy_sandbox", "--port", "0", "--frozen"]
    process = subprocess.Popen(
        [*command, "--now", began.strftime("%Y-%m-%dT00:00:00Z")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    world = json.loads(process.stdout.readline())
    order = {
        "url": world["url"],
        "client_id": world["clientId"],
        "client_secret": world["clientSecret"],
        "kind": kind,
        "seed": seed,
        "days": days,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", RUN, json.dumps(order)],
            env=environment(database),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        process.terminate()
        process.wait(timeout=10)
        for leftover in directory.glob(f"{database.name}*"):
            leftover.unlink()
    if done.returncode:
        raise SystemExit(f"bench: seed {seed} ({kind}) failed:\n{done.stderr[-3000:]}")
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


def migrated(directory: Path) -> Path:
    """An empty database with every table."""
    template = directory / "template.sqlite3"
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, env=environment(template), check=True, capture_output=True)
    compact = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)')"
    subprocess.run([sys.executable, "-c", compact, str(template)], check=True)
    return template


def play_all(seeds: int, template: Path, directory: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every seed and what came of it, as many at a time as there are cores."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        numbers = range(1, seeds + 1)
        yield from zip(
            numbers,
            pool.map(lambda seed: run(kind_of(seed), seed, template, directory), numbers),
            strict=True,
        )


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
    options = parser.parse_args()
    diverged, too_late, equal_before, lossless, events = [], [], 0, 0, 0
    counts = {"lost": 0, "crashes": 0, "cuts": 0, "doubled": 0}
    with tempfile.TemporaryDirectory(prefix="fh-bench-") as name:
        directory = Path(name)
        template = migrated(directory)
        quiet = run("quiet", 0, template, directory)
        for seed, told in play_all(options.seeds, template, directory):
            kind = kind_of(seed)
            events += told["events"]
            for count in counts:
                counts[count] += told[count]
            parts = differences(told, quiet, "after") + untrue(told) + told["unfinished"]
            if parts or told["doubled"]:
                diverged.append({"seed": seed, "kind": kind, "parts": parts})
            if kind == "lossless":
                lossless += 1
                early = differences(told, quiet, "before")
                equal_before += not early
                if early:
                    too_late.append({"seed": seed, "parts": early})
    result = {
        "seeds": options.seeds,
        "events": events,
        "diverged": len(diverged),
        "before_sweep_share": round(equal_before / lossless, 3) if lossless else 1.0,
        **counts,
        "left_out": LEFT_OUT,
        "which": diverged,
        "only_after_sweep": too_late,
    }
    print(json.dumps(result, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
