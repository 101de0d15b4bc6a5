"""Whose edits survive a year of a card that is re-keyed at every closing: `script/bench identity --json [--seeds N]`.

The product syncs from a vendor in memory that gives no hint of what became of what; only the bench knows.
`unique_edits` are those on rows that no other row of the cycle equals. `kept`: the note sits on the row it was
written on, under its new id; `queued`: a question names that row; `parked`: the row really is gone.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SEEDS = 3
COUNTS = ("edits", "unique_edits", "kept", "kept_on_equals", "queued", "parked", "lost", "wrong")


def run(seeds: list[int], directory: Path) -> dict[str, Any]:
    """Measure in a process of its own, on an empty database."""
    chosen = {
        "DATABASE_URL": f"sqlite:///{directory}/identity.sqlite3",
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "FINANCEHUB_SYNC_START_GAP_MS": "0",
        "FINANCEHUB_LOG_LEVEL": "ERROR",
    }
    environment = {**os.environ, **chosen}
    _python("manage.py", "migrate", "-v0", environment=environment)
    answer = _python("-m", "bench.identity_year", json.dumps(seeds), environment=environment)
    return dict(json.loads(answer.splitlines()[-1]))


def _python(*arguments: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"bench: {arguments[:2]} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def summary(measured: dict[str, Any]) -> dict[str, Any]:
    """Every count, and the share of unique edits that were kept."""
    counts = {name: measured.get(name, 0) for name in COUNTS}
    share = counts["kept"] / max(1, counts["unique_edits"])
    return {**counts, "kept_share": round(share, 4), "slowest_sync_s": measured["slowest_sync_s"]}


def main() -> None:
    """Live the years and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="on one line")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many cards, each lived twice")
    parser.add_argument("--first-seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fh-bench-") as name:
        seeds = list(range(options.first_seed, options.first_seed + options.seeds))
        measured = summary(run(seeds, Path(name)))
    print(json.dumps(measured, indent=None if options.json else 2))


if __name__ == "__main__":
    main()
