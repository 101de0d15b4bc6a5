"""The variables that point every child at this installation; what the person set always wins."""

import os
from dataclasses import dataclass
from pathlib import Path

from financehub.runtime import broker, data_directory, memory
from financehub.runtime.ports import LOOPBACK

SETTINGS_MODULE = "financehub.config.settings"
WEBHOOK_PATH, STRIPE_WEBHOOK_PATH = "/api/webhooks/pluggy", "/api/webhooks/stripe"
FROM_DATA_DIRECTORY = (
    "FINANCEHUB_KEYS",
    "FINANCEHUB_SECRET_KEY",
    "FINANCEHUB_VAPID_KEY",
    "PLUGGY_WEBHOOK_SECRET",
)


@dataclass(frozen=True)
class Ports:
    """Where the doors listen on the loopback; `stripe` is its simulator's, None where nothing is sold."""

    web: int
    realtime: int
    simulator: int
    stripe: int | None = None


def uses_simulator() -> bool:
    """Whether Pluggy is played by its simulator: no credentials of a real account were given."""
    return not (is_set("PLUGGY_CLIENT_ID") and is_set("PLUGGY_CLIENT_SECRET"))


def names_broker() -> bool:
    """Whether the person named a broker, so that we bring none."""
    return is_set("REDIS_URL") or is_set("CELERY_BROKER_URL")


def keeps_mail() -> bool:
    """Whether mails become files here: nobody named a mail server or another way."""
    return not (is_set("SMTP_HOST") or is_set("FINANCEHUB_EMAIL_BACKEND") or is_set("FINANCEHUB_MAIL_DIR"))


def is_set(name: str) -> bool:
    """Whether the variable, or the one that names a file with it, holds something."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def of_installation(data: Path, keys: dict[str, str], ports: Ports, socket: Path | None) -> dict[str, str]:
    """What the children need beside what the person set; `socket` is our Valkey's, None when we run none."""
    ours = {
        "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
        "DATABASE_URL": f"sqlite:///{data / 'finance-hub.sqlite3'}",
        "FINANCEHUB_DATA_DIR": str(data),
        "FINANCEHUB_STATIC_ROOT": str(data / "static"),
        "FINANCEHUB_PUBLIC_URL": f"http://{LOOPBACK}:{ports.web}",
        "FINANCEHUB_LOG_JSON": "false",
        "REALTIME_URL": f"ws://{LOOPBACK}:{ports.realtime}/ws",
        "PYTHONUNBUFFERED": "1",
        **memory.VARIABLES,
        **{name: keys[name] for name in FROM_DATA_DIRECTORY},
    }
    if keeps_mail():
        ours["FINANCEHUB_MAIL_DIR"] = str(data / "mail")
    if socket is not None:
        ours |= broker.variables(socket)
    elif not names_broker():
        ours["CELERY_BROKER_URL"] = "memory://"
    if uses_simulator():
        ours |= _simulator(keys, ports)
    if ports.stripe is not None:
        ours |= _stripe(keys, ports.web, ports.stripe)
    return {name: value for name, value in ours.items() if not is_set(name)}


def for_children(ours: dict[str, str]) -> dict[str, str]:
    """The whole environment of a child."""
    return {**os.environ, **ours}


def adopt_installation() -> None:
    """Where nobody named a database, take over the variables that `financehub up` keeps."""
    if is_set("DATABASE_URL"):
        return
    file = data_directory.locate() / data_directory.ENVIRONMENT_FILE
    for name, value in data_directory.read_variables(file).items():
        os.environ.setdefault(name, value)


def _simulator(keys: dict[str, str], ports: Ports) -> dict[str, str]:
    address = f"http://{LOOPBACK}:{ports.simulator}"
    return {
        "PLUGGY_BASE_URL": address,
        "PLUGGY_CONNECT_URL": address,
        "PLUGGY_USE_SANDBOX": "true",
        "PLUGGY_CLIENT_ID": keys["SIMULATOR_CLIENT_ID"],
        "PLUGGY_CLIENT_SECRET": keys["SIMULATOR_CLIENT_SECRET"],
        "PLUGGY_WEBHOOK_URL": f"http://{LOOPBACK}:{ports.web}{WEBHOOK_PATH}",
    }


def _stripe(keys: dict[str, str], web: int, port: int) -> dict[str, str]:
    address = f"http://{LOOPBACK}:{port}"
    return {
        "STRIPE_SECRET_KEY": keys["STRIPE_SIMULATOR_KEY"],
        "STRIPE_API_BASE": address,
        "STRIPE_FILES_BASE": address,
        "STRIPE_WEBHOOK_URL": f"http://{LOOPBACK}:{web}{STRIPE_WEBHOOK_PATH}",
    }
