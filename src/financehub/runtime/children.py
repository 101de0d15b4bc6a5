"""The processes of one installation: what each is called, how it starts, when it is ready."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from financehub.runtime import ports
from financehub.runtime.environment import Ports
from financehub.runtime.supervisor import Child

CELERY = ("-m", "celery", "-A", "financehub.config.celery", "--quiet")
WORKER = ("worker", "-P", "threads", "-c", "4", "--without-gossip", "--without-mingle", "--without-heartbeat")
GRANIAN = (
    "-m",
    "granian",
    "--host",
    ports.LOOPBACK,
    "--workers",
    "1",
    "--runtime-threads",
    "1",
    "--no-access-log",
)
WITH_WORKER = "financehub.runtime.one_process:application"
ALONE = "financehub.config.wsgi:application"


def simulator(environment: Mapping[str, str], port: int) -> Child:
    """Pluggy's simulator, known to us as a program with an address."""
    command = [
        _script("pluggy-sandbox"),
        *("--port", str(port), "--seed", "7"),
        *(
            "--client-id",
            environment["PLUGGY_CLIENT_ID"],
            "--client-secret",
            environment["PLUGGY_CLIENT_SECRET"],
        ),
    ]
    return Child("pluggy", command, environment, partial(ports.answers, port))


def prepare(environment: Mapping[str, str]) -> Child:
    """Migrations and static files; ends when done."""
    return Child("prepare", _python("-m", "financehub.runtime.prepare"), environment)


def seed(environment: Mapping[str, str], email: str, password: str) -> Child:
    """The demo company, connected through the product's own journeys; ends when done."""
    command = _python("-m", "django", "seed_demo", "--email", email)
    return Child("seed", command, {**environment, "FINANCEHUB_DEMO_PASSWORD": password})


def doors(environment: Mapping[str, str], chosen: Ports, data: Path, *, worker_inside: bool) -> list[Child]:
    """Pages with the API, the realtime door, and the background, in the order of their start."""
    web_application = WITH_WORKER if worker_inside else ALONE
    web = _server(
        "web", environment, chosen.web, ("--interface", "wsgi", "--blocking-threads", "4"), web_application
    )
    realtime = _server(
        "realtime",
        environment,
        chosen.realtime,
        ("--interface", "asgi"),
        "financehub.config.asgi:application",
    )
    if worker_inside:
        return [web, realtime]
    schedule = ("beat", "--schedule", str(data / "beat-schedule"), "--pidfile", "")
    worker = Child("worker", _python(*CELERY, *WORKER), environment)
    beat = Child("beat", _python(*CELERY, *schedule), environment)
    return [web, realtime, worker, beat]


def _server(
    name: str, environment: Mapping[str, str], port: int, options: tuple[str, ...], application: str
) -> Child:
    command = _python(*GRANIAN, "--port", str(port), *options, application)
    return Child(name, command, environment, partial(ports.answers, port))


def _python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def _script(name: str) -> str:
    """A program installed beside this Python."""
    return str(Path(sys.executable).with_name(name))
