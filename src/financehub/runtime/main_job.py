"""The main job once, in a process of its own: sign up, connect two banks, sync, count into a file."""

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")
django.setup()

from financehub.core.errors import DomainError  # noqa: E402 - needs the app registry
from financehub.providers.pluggy.errors import PluggyError  # noqa: E402
from financehub.runtime import headless  # noqa: E402

PASSWORD = "password-ok"  # noqa: S105 - the simulator's own, known to everybody
ITAU, NUBANK = 201, 206  # Pluggy's numbers of these banks
BANKS = (
    headless.Login(ITAU, {"user": "user-ok", "password": PASSWORD}),
    headless.Login(NUBANK, {"user": "user-ok-two-checking-accounts", "password": PASSWORD}),
)
PATIENCE = 60.0  # seconds for both banks together


def main(result: Path) -> int:
    """Write the haul as JSON, or what went wrong as `error`; the exit code."""
    started = time.monotonic()
    call_command("migrate", interactive=False, verbosity=0)
    user, company = headless.sign_up("demo@example.com", "not-kept-anywhere", "Demo")
    try:
        items = [headless.connect(user, company, bank) for bank in BANKS]
        headless.wait_for_first_syncs(items, seconds=PATIENCE)
    except (headless.DidNotArrive, DomainError, PluggyError) as failure:
        result.write_text(json.dumps({"error": str(failure)}))
        return 1
    haul = headless.haul_of(company)
    result.write_text(json.dumps({**asdict(haul), "seconds": round(time.monotonic() - started, 2)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
