"""Our ledger against Stripe's, object by object and to the cent: `script/bench billing --json`.

Each story in tests/journeys/billing/stories is told in a fresh world of the Stripe simulator and a fresh database, its
events delivered once and in order, with the nightly reconcile off. `differences` counts objects that one side lacks or
has otherwise; `unexpected` the literals of the story files (amounts, days, number of pay calls) that came otherwise.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copyfile
from typing import Any

from tests.journeys.billing.names import names
from tests.stripe_simulator import StripeSimulator, start

from bench import databases

RUN = "bench.billing_run"
BEGIN = "2026-03-02T12:00:00Z"


def environment(database: Path, simulator: StripeSimulator) -> dict[str, str]:
    """A database, no broker, no mail, and the simulator as Stripe."""
    chosen = {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "financehub.config.settings",
        "FINANCEHUB_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "FINANCEHUB_LOG_LEVEL": "CRITICAL",
        "CELERY_BROKER_URL": "memory://",
        "REDIS_URL": "",
        "STRIPE_SECRET_KEY": simulator.secret_key,
        "STRIPE_API_BASE": simulator.url,
        "STRIPE_FILES_BASE": simulator.url,
    }
    return {**os.environ, **chosen}


def run(name: str, template: Path, directory: Path) -> dict[str, Any]:
    """One story in a fresh world."""
    database = directory / f"{name}.sqlite3"
    copyfile(template, database)
    process, simulator = start("--frozen", "--now", BEGIN)
    try:
        command = [sys.executable, "-m", RUN, name]
        told = subprocess.run(
            command, env=environment(database, simulator), capture_output=True, text=True, check=False
        )
    finally:
        process.terminate()
        process.wait(timeout=10)
    if told.returncode:
        raise SystemExit(f"bench: {name} failed:\n{told.stderr[-3000:]}")
    return dict(json.loads(told.stdout.splitlines()[-1]))


def main() -> None:
    """Tell every story and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="on one line")
    parser.add_argument("--only", nargs="*", default=[], help="these stories, by the names of their files")
    options = parser.parse_args()
    wanted = options.only or names()
    with tempfile.TemporaryDirectory(prefix="fh-bench-") as name:
        directory = Path(name)
        template = databases.migrated_file(directory)
        told = {story: run(story, template, directory) for story in wanted}
    result = {
        "stories": len(told),
        "events": sum(one["events"] for one in told.values()),
        "differences": sum(len(one["differences"]) for one in told.values()),
        "unexpected": sum(len(one["unexpected"]) for one in told.values()),
        "where": {story: one for story, one in told.items() if one["differences"] or one["unexpected"]},
    }
    sys.stdout.write(json.dumps(result, indent=None if options.json else 2) + "\n")


if __name__ == "__main__":
    main()
