"""`financehub up`: the whole product on this machine in one command, without settings."""

import argparse
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from financehub.runtime import broker, children, data_directory, environment, memory, ports
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
        stripe=(options.stripe_port or options.port + 3) if options.with_billing else None,
    )
    if options.with_billing and environment.is_set("STRIPE_SECRET_KEY"):
        print(
            "financehub up: --with-billing plays Stripe, and STRIPE_SECRET_KEY names the real one",
            file=sys.stderr,
        )
        return 1
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
        "--with-billing",
        action="store_true",
        help="sell the plans, Stripe being played by its simulator (about 30 MB more)",
    )
    parser.add_argument("--stripe-port", type=int, help="the Stripe simulator (default: port + 3)")
    parser.add_argument(
        "--data-dir", default="", help="default: FINANCEHUB_DATA_DIR or ~/.local/share/finance-hub"
    )
    return parser


def _require_ports(chosen: environment.Ports) -> None:
    ports.require_free(chosen.web, "--port")
    ports.require_free(chosen.realtime, "--realtime-port")
    if environment.uses_simulator():
        ports.require_free(chosen.simulator, "--simulator-port")
    if chosen.stripe is not None:
        ports.require_free(chosen.stripe, "--stripe-port")


def _start(supervisor: Supervisor, data: Path, chosen: environment.Ports) -> None:
    keys = data_directory.keys(data)
    is_simulated, brings_broker = environment.uses_simulator(), not environment.names_broker()
    server = broker.binary() if brings_broker else None
    socket = broker.socket_path(data) if server else None
    ours = environment.of_installation(data, keys, chosen, socket)
    data_directory.write_variables(data / data_directory.ENVIRONMENT_FILE, ours)
    variables = environment.for_children(ours)
    if server and socket:
        supervisor.start(broker.child(server, data, socket))
    elif brings_broker:
        supervisor.say("No Valkey wheel fits this machine: background work runs inside the web process.")
    _start_simulators(supervisor, variables, chosen, data)
    supervisor.run(children.prepare(variables))
    # From here on this process is the one that its forks are copies of.
    os.environ.update(variables)
    memory.settle_this_process()
    children.load()
    for child in children.doors(variables, chosen, worker_inside=brings_broker and not server):
        if not supervisor.stop_asked:
            supervisor.start(child)
    _ask_for_news(supervisor, variables, is_selling=chosen.stripe is not None)
    _tell_telegram(supervisor, variables)
    login = (
        _seed_once(supervisor, data, variables) if is_simulated else "Sign up there; Pluggy is the real one."
    )
    if not supervisor.stop_asked:
        address = variables["FINANCEHUB_PUBLIC_URL"]
        mail = (
            f"Mails become files in {variables['FINANCEHUB_MAIL_DIR']}\n"
            if "FINANCEHUB_MAIL_DIR" in ours
            else ""
        )
        supervisor.say(
            f"Finance Hub is ready: {address}\n{login}\n{mail}{_shop(variables, chosen)}Data: {data}\nCtrl-C stops it."
        )


def _shop(variables: Mapping[str, str], chosen: environment.Ports) -> str:
    """Where a person buys a plan, and where they turn Stripe's clock."""
    if chosen.stripe is None:
        return ""
    plans = f"{variables['FINANCEHUB_PUBLIC_URL']}/assinatura"
    return f"Plans: {plans} (card 4242 4242 4242 4242); Stripe in a box: {variables['STRIPE_API_BASE']}\n"


def _start_simulators(
    supervisor: Supervisor, variables: Mapping[str, str], chosen: environment.Ports, data: Path
) -> None:
    if environment.uses_simulator():
        supervisor.start(children.simulator(variables, chosen.simulator, data))
    if chosen.stripe is not None:
        supervisor.start(children.stripe_simulator(variables, chosen.stripe, data))


def _ask_for_news(supervisor: Supervisor, variables: Mapping[str, str], *, is_selling: bool) -> None:
    if is_selling and not supervisor.stop_asked:
        supervisor.run(children.set_up_stripe(variables))
    if not variables.get("PLUGGY_WEBHOOK_URL") or supervisor.stop_asked:
        return
    try:
        supervisor.run(children.register_webhooks(variables))
    except ChildFailed:
        supervisor.say("Pluggy does not know where to deliver news; try: financehub register_webhooks")


def _tell_telegram(supervisor: Supervisor, variables: Mapping[str, str]) -> None:
    """With an address Telegram delivers by itself; without one the child `bot` asks."""
    if not children.has_bot(variables) or not variables.get("TELEGRAM_WEBHOOK_URL") or supervisor.stop_asked:
        return
    try:
        supervisor.run(children.register_bot(variables))
    except ChildFailed:
        supervisor.say("Telegram does not know where to deliver; try: financehub bot --register")


def _seed_once(supervisor: Supervisor, data: Path, variables: Mapping[str, str]) -> str:
    """Make the demo company at the first start; how to sign in."""
    if (data / SEEDED).exists():
        where = "" if data == data_directory.locate() else f"FINANCEHUB_DATA_DIR={data} "
        return f"Sign in as {DEMO_EMAIL} (forgotten: {where}financehub changepassword {DEMO_EMAIL})"
    supervisor.say("First start: connecting the demo company's banks.")
    password = secrets.token_urlsafe(12)
    supervisor.run(children.seed(variables, DEMO_EMAIL, password))
    if not supervisor.stop_asked:
        (data / SEEDED).touch()
    return f"Sign in as {DEMO_EMAIL} with the password {password} (shown only now)"
