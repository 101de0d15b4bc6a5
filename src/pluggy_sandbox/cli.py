"""`pluggy-sandbox`: start the simulator and say where it listens."""

import argparse
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import uvicorn

from pluggy_sandbox.app import create_app
from pluggy_sandbox.clock import Clock
from pluggy_sandbox.portfolio.casting import register
from pluggy_sandbox.portfolio.scenario import ScenarioInvalid
from pluggy_sandbox.world import DEFAULT_CLIENT_ID, World


def parser() -> argparse.ArgumentParser:
    """The program's options."""
    options = argparse.ArgumentParser(
        "pluggy-sandbox", description="Pluggy in a box: the Pluggy API, offline."
    )
    options.add_argument("--port", type=int, default=0, help="0 (the default) picks a free one")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--seed", type=int, default=7, help="the same seed makes the same world")
    options.add_argument("--client-id", default=DEFAULT_CLIENT_ID, help="a UUID")
    options.add_argument("--client-secret", help="made from the seed when absent")
    options.add_argument(
        "--scenario", action="append", default=[], type=Path, metavar="FILE.yaml", help="may be repeated"
    )
    options.add_argument("--now", type=_moment, help="start the virtual clock at this ISO 8601 moment")
    options.add_argument("--frozen", action="store_true", help="the clock moves only when told to")
    options.add_argument("--public-url", help="the address clients know, when it is not the bound one")
    options.add_argument("--memory", type=Path, metavar="FILE", help="remember connections between runs here")
    return options


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def main(argv: Sequence[str] | None = None) -> int:
    """Run until interrupted. The first line of stdout is JSON: url, clientId, clientSecret."""
    options = parser().parse_args(argv)
    try:
        for path in options.scenario:
            register(path)
        listener = _bind(options.host, options.port)
    except ScenarioInvalid as error:
        return _give_up(str(error))
    except OSError as error:
        return _give_up(f"cannot listen on {options.host}:{options.port}: {error.strerror}")
    address = options.public_url or f"http://{options.host}:{listener.getsockname()[1]}"
    world = World(
        seed=options.seed,
        client_id=options.client_id,
        client_secret=options.client_secret,
        clock=Clock(options.now, frozen=options.frozen),
        base_url=address.rstrip("/"),
    )
    settings = uvicorn.Config(
        create_app(world, options.memory),
        log_level="critical",
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=2,
    )
    with suppress(KeyboardInterrupt):  # uvicorn raises the signal again once it has stopped cleanly
        _Server(settings, world).run(sockets=[listener])
    return 0


def _give_up(reason: str) -> int:
    sys.stderr.write(f"pluggy-sandbox: {reason}\n")
    return 1


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only on sockets that name TCP; without it each answer waits 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


class _Server(uvicorn.Server):
    """Announces itself once it really listens."""

    def __init__(self, config: uvicorn.Config, world: World) -> None:
        super().__init__(config)
        self._world = world

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        state = self._world.state
        hello = {"url": state.base_url, "clientId": state.client_id, "clientSecret": state.client_secret}
        sys.stdout.write(msgspec.json.encode(hello).decode() + "\n")
        sys.stdout.flush()
        sys.stderr.write(
            f"pluggy-sandbox listens on {state.base_url}\n"
            f"  PLUGGY_BASE_URL={state.base_url}\n"
            f"  PLUGGY_CLIENT_ID={state.client_id}\n"
            f"  PLUGGY_CLIENT_SECRET={state.client_secret}\n"
            f"  control plane: {state.base_url}/_control   Ctrl-C stops\n"
        )
