"""`financehub up`: the whole product on this machine in one command, without settings."""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from financehub.runtime import broker, children, data_directory, environment, ports
from financehub.runtime.supervisor import ChildFailed, Supervisor

DEMO_EMAIL = "demo@example.com"
SEEDED = "demo-seeded"  # an empty file that remembers it


def main(arguments: Sequence[str]) -> int:
    """Start, show the address, watch until stopped; the exit code."""
    options = _parser().parse_args(arguments)
    chosen = environment.Ports(
        web=options.port,
        realtime=options.realtime_port or options.port + 1,
        simulator=options.simulator_port or options.port + 2,
    )
    data = data_directory.locate(options.data_dir)
    try:
        data_directory.create(data)
        held = data_directory.lock(data)
        _require_ports(chosen)
    except (data_directory.AlreadyRunning, ports.PortBusy, OSError) as problem:
        print(f"financehub up: {problem}", file=sys.stderr)
        return 1
    with Supervisor() as supervisor:
        try:
            _start(supervisor, data, chosen)
            supervisor.watch()
        except ChildFailed as problem:
            supervisor.say(
                f"Could not start: {problem}. Its own words are above; `financehub doctor` may know more."
            )
            return 1
        supervisor.say("Stopping.")
    data_directory.release(held)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="financehub up", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="pages and API (default 8000)")
    parser.add_argument("--realtime-port", type=int, help="live updates (default: port + 1)")
    parser.add_argument("--simulator-port", type=int, help="the Pluggy simulator (default: port + 2)")
    parser.add_argument(
        "--data-dir", default="", help="default: FINANCEHUB_DATA_DIR or ~/.local/share/finance-hub"
    )
    return parser


def _require_ports(chosen: environment.Ports) -> None:
    ports.require_free(chosen.web, "--port")
    ports.require_free(chosen.realtime, "--realtime-port")
    if environment.uses_simulator():
        ports.require_free(chosen.simulator, "--simulator-port")


def _start(supervisor: Supervisor, data: Path, chosen: environment.Ports) -> None:
    keys = data_directory.keys(data)
    server = None if environment.names_broker() else broker.binary()
    socket = broker.socket_path(data) if server else None
    ours = environment.of_installation(data, keys, chosen, socket)
    data_directory.write_variables(data / data_directory.ENVIRONMENT_FILE, ours)
    variables = environment.for_children(ours)
    if server and socket:
        supervisor.start(broker.child(server, data, socket))
    elif not environment.names_broker():
        supervisor.say("No Valkey wheel fits this machine: background work runs inside the web process.")
    if environment.uses_simulator():
        supervisor.start(children.simulator(variables, chosen.simulator))
    supervisor.run(children.prepare(variables))
    inside = not server and not environment.names_broker()
    os.environ.update(variables)
    children.load()
    for child in children.doors(variables, chosen, data, worker_inside=inside):
        if not supervisor.stop_asked:
            supervisor.start(child)
    _ask_for_news(supervisor, variables)
    _welcome(supervisor, data, variables)


def _ask_for_news(supervisor: Supervisor, variables: Mapping[str, str]) -> None:
    if not variables.get("PLUGGY_WEBHOOK_URL") or supervisor.stop_asked:
        return
    try:
        supervisor.run(children.register_webhooks(variables))
    except ChildFailed:
        supervisor.say("Pluggy does not know where to deliver news; try: financehub register_webhooks")


def _welcome(supervisor: Supervisor, data: Path, variables: Mapping[str, str]) -> None:
    """Seed the demo once, then say where to go and how to get in."""
    login = ""
    if environment.uses_simulator():
        login = f"Sign in as {DEMO_EMAIL} (forgotten: financehub changepassword {DEMO_EMAIL})"
        if not (data / SEEDED).exists():
            password = secrets.token_urlsafe(12)
            supervisor.run(children.seed(variables, DEMO_EMAIL, password))
            login = f"Sign in as {DEMO_EMAIL} with the password {password} (shown only now)"
    if supervisor.stop_asked:
        return
    (data / SEEDED).touch()
    supervisor.say(
        f"Finance Hub is ready: {variables['FINANCEHUB_PUBLIC_URL']}\n{login}\nData: {data}\nCtrl-C stops it."
    )
