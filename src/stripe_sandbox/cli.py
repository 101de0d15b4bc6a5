"""`stripe-sandbox`: start the simulator and say where it listens."""

import argparse
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import uvicorn

from stripe_sandbox.app import create_app
from stripe_sandbox.clock import Clock
from stripe_sandbox.endpoints.account import create_endpoint
from stripe_sandbox.endpoints.calls import Call
from stripe_sandbox.engine.jobs import JOBS
from stripe_sandbox.memory import recall
from stripe_sandbox.world import API_VERSION, DEFAULT_SECRET_KEY, Settings, World

FROM_THE_START = "made at the start by --webhook-url"


def parser() -> argparse.ArgumentParser:
    """The program's options."""
    options = argparse.ArgumentParser(
        "stripe-sandbox", description="Stripe in a box: the Stripe API, offline."
    )
    options.add_argument("--port", type=int, default=0, help="0 (the default) picks a free one")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--seed", type=int, default=7, help="the same seed makes the same ids")
    options.add_argument("--secret-key", default=DEFAULT_SECRET_KEY, help="the API key clients must send")
    options.add_argument(
        "--webhook-secret", help="what every webhook endpoint signs with (else each its own)"
    )
    options.add_argument("--webhook-url", help="an endpoint for all events, made at the start")
    options.add_argument("--now", type=_moment, help="start the virtual clock at this ISO 8601 moment")
    options.add_argument("--frozen", action="store_true", help="the clock moves only when told to")
    options.add_argument("--public-url", help="the address clients know, when it is not the bound one")
    options.add_argument("--memory", type=Path, metavar="FILE", help="remember everything between runs here")
    return options


def _moment(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def main(argv: Sequence[str] | None = None) -> int:
    """Run until interrupted. The first line of stdout is JSON: url, secretKey, webhookSecret."""
    options = parser().parse_args(argv)
    try:
        listener = _bind(options.host, options.port)
    except OSError as error:
        sys.stderr.write(
            f"stripe-sandbox: cannot listen on {options.host}:{options.port}: {error.strerror}\n"
        )
        return 1
    address = options.public_url or f"http://{options.host}:{listener.getsockname()[1]}"
    settings = Settings(options.seed, options.secret_key, options.webhook_secret, address.rstrip("/"))
    world = World(settings, JOBS, Clock(options.now, frozen=options.frozen))
    if options.memory:
        recall(world, options.memory)
    secret = _first_endpoint(world, options.webhook_url) or options.webhook_secret
    config = uvicorn.Config(
        create_app(world, options.memory),
        log_level="critical",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has stopped cleanly
        _Server(config, world, secret).run(sockets=[listener])
    return 0


def _first_endpoint(world: World, url: str | None) -> str | None:
    """Make the endpoint of --webhook-url; returns its secret."""
    if url is None:
        return None
    for known in world.store.rows("webhook_endpoint", description=FROM_THE_START):
        known["url"] = url
        return str(world.store.note(known["id"])["secret"])
    params = {"url": url, "enabled_events": ["*"], "api_version": API_VERSION, "description": FROM_THE_START}
    return str(create_endpoint(Call(world, params))["secret"])


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that name TCP; without it each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


class _Server(uvicorn.Server):
    """Announces itself once it really listens."""

    def __init__(self, config: uvicorn.Config, world: World, webhook_secret: str | None) -> None:
        super().__init__(config)
        self._settings, self._webhook_secret = world.settings, webhook_secret

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        url, key = self._settings.base_url, self._settings.secret_key
        hello = {"url": url, "secretKey": key, "webhookSecret": self._webhook_secret}
        sys.stdout.write(msgspec.json.encode(hello).decode() + "\n")
        sys.stdout.flush()
        sys.stderr.write(
            f"stripe-sandbox listens on {url}\n"
            f"  STRIPE_API_BASE={url}\n"
            f"  STRIPE_FILES_BASE={url}\n"
            f"  STRIPE_SECRET_KEY={key}\n"
            f"  clock and open pages: {url}   control plane: {url}/_control   Ctrl-C stops\n"
        )
