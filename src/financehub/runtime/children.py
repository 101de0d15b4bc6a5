"""The processes of one installation: what each is called, how it starts, when it is ready."""

import importlib
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from financehub.runtime import ports
from financehub.runtime.environment import Ports
from financehub.runtime.supervisor import Child

PRELOADED = "financehub.runtime.preloaded"  # loads Django, so nobody imports it before its time


def load() -> None:
    """Load into this process what its forks will share."""
    importlib.import_module(PRELOADED).load()


def simulator(environment: Mapping[str, str], port: int, data: Path) -> Child:
    """Pluggy's simulator, known to us as a program with an address; it keeps its connections in `data`."""
    command = [
        _script("pluggy-sandbox"),
        *("--port", str(port), "--seed", "7", "--memory", str(data / "simulator.memory")),
        *(
            "--client-id",
            environment["PLUGGY_CLIENT_ID"],
            "--client-secret",
            environment["PLUGGY_CLIENT_SECRET"],
        ),
    ]
    return Child("pluggy", command, environment, partial(ports.answers, port))


def stripe_simulator(environment: Mapping[str, str], port: int, data: Path) -> Child:
    """Stripe's simulator, which remembers customers and invoices in `data`."""
    command = [
        _script("stripe-sandbox"),
        *("--port", str(port), "--memory", str(data / "stripe.memory")),
        *("--secret-key", environment["STRIPE_SECRET_KEY"]),
    ]
    return Child("stripe", command, environment, partial(ports.answers, port))


def set_up_stripe(environment: Mapping[str, str]) -> Child:
    """Plans, prices, portal and endpoint at Stripe; ends when done."""
    return Child("plans", _python("-m", "django", "setup_stripe"), environment)


def prepare(environment: Mapping[str, str]) -> Child:
    """Migrations and static files; ends when done."""
    return Child("prepare", _python("-m", "financehub.runtime.prepare"), environment)


def seed(environment: Mapping[str, str], email: str, password: str) -> Child:
    """The demo company, connected through the product's own journeys; ends when done."""
    command = _python("-m", "financehub.runtime.seeding", email)
    return Child("seed", command, {**environment, "FINANCEHUB_DEMO_PASSWORD": password})


def register_webhooks(environment: Mapping[str, str]) -> Child:
    """Ask Pluggy to tell us news; ends when done."""
    return Child("webhooks", _python("-m", "django", "register_webhooks"), environment)


def register_bot(environment: Mapping[str, str]) -> Child:
    """Tell Telegram where to deliver; ends when done."""
    return Child("bot", _python("-m", "django", "bot", "--register"), environment)


def has_bot(environment: Mapping[str, str]) -> bool:
    """Whether the person gave a bot's token."""
    return any(environment.get(name) for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE"))


def main_job(environment: Mapping[str, str], result: Path) -> Child:
    """Connects two banks and counts what arrived into the file; ends when done."""
    return Child("job", _python("-m", "financehub.runtime.main_job", str(result)), environment)


def doors(environment: Mapping[str, str], chosen: Ports, *, worker_inside: bool) -> list[Child]:
    """Pages with the API, the realtime door, and the background, in the order of their start.

    They are forks of this process, which must have the same environment and should have called `load` before.
    """
    shared = importlib.import_module(PRELOADED)
    web = shared.web(chosen.web, worker_inside=worker_inside)
    found = [
        Child("web", web, environment, partial(ports.answers, chosen.web)),
        Child(
            "realtime", shared.realtime(chosen.realtime), environment, partial(ports.answers, chosen.realtime)
        ),
    ]
    if not worker_inside:
        found.append(Child("worker", shared.worker(), environment))
        found.append(Child("beat", shared.beat(), environment))
    if has_bot(environment) and not environment.get("TELEGRAM_WEBHOOK_URL"):
        found.append(Child("bot", shared.bot(), environment))
    return found


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _script(name: str) -> str:
    """A program installed beside this Python."""
    return str(Path(sys.executable).with_name(name))
