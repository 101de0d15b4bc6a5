"""`financehub demo`: the main job once, headless, against a simulator of its own; nothing is left behind."""

import argparse
import io
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from financehub.runtime import children, data_directory, environment, ports
from financehub.runtime.supervisor import ChildFailed, Supervisor

# Named by the person for their own installation: the demo has its own of each.
SET_ASIDE = ("DATABASE_URL", "REDIS_URL", "CELERY_", "PLUGGY_", "FINANCEHUB_", "DJANGO_")


def main(arguments: Sequence[str]) -> int:
    """Print what arrived; 1 with the reason on the error output when a step fails."""
    parser = argparse.ArgumentParser(prog="financehub demo", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    for name in [name for name in os.environ if name.startswith(SET_ASIDE)]:
        del os.environ[name]
    log = io.StringIO()
    with tempfile.TemporaryDirectory(prefix="finance-hub-demo-") as place:
        try:
            haul = _run(Path(place), log)
        except ChildFailed as failure:
            print(f"{log.getvalue()}financehub demo: {_reason(Path(place)) or failure}", file=sys.stderr)
            return 1
    if haul is None:
        print("financehub demo: stopped", file=sys.stderr)
        return 130
    print(json.dumps(haul) if options.json else _told(haul))
    return 0


def _run(data: Path, log: io.StringIO) -> dict[str, object] | None:
    """The haul; None when stopped by a signal. Raises ChildFailed."""
    chosen = environment.Ports(ports.pick_free(), ports.pick_free(), ports.pick_free())
    ours = environment.of_installation(data, data_directory.keys(data), chosen, socket=None)
    del ours["CELERY_BROKER_URL"]  # without any broker the work is done in the same process
    del ours["PLUGGY_WEBHOOK_URL"]
    variables = environment.for_children(ours)
    with Supervisor(log) as supervisor:
        supervisor.start(children.simulator(variables, chosen.simulator, data))
        supervisor.run(children.main_job(variables, _result(data)))
        if supervisor.stop_asked:
            return None
    haul: dict[str, object] = json.loads(_result(data).read_text())
    return haul


def _result(data: Path) -> Path:
    return data / "result.json"


def _reason(data: Path) -> str:
    """What the job itself said went wrong, if it came that far."""
    if not _result(data).exists():
        return ""
    return str(json.loads(_result(data).read_text()).get("error", ""))


def _told(haul: dict[str, object]) -> str:
    lines = [f"{name}: {value}" for name, value in haul.items() if not isinstance(value, dict)]
    counts = haul["receipt"]
    if isinstance(counts, dict):
        lines += [f"  {name}: {value}" for name, value in counts.items()]
    return "\n".join(lines)
