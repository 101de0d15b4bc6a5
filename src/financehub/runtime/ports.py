"""Ports on the loopback: which are free, and who holds one that is not."""

import contextlib
import socket
from pathlib import Path

LOOPBACK = "127.0.0.1"
LISTENING = "0A"  # the state of a listening socket in /proc/net/tcp


class PortBusy(RuntimeError):
    """Somebody else listens where we want to."""


def require_free(port: int, flag: str) -> None:
    """Raise PortBusy, naming the holder and the flag that chooses another port."""
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except PermissionError:
            raise PortBusy(f"Port {port} needs privileges; choose one above 1023 with {flag}.") from None
        except OSError:
            holder = holder_of(port) or "another program"
            raise PortBusy(
                f"Port {port} is taken by {holder}. Stop it, or choose another port: "
                f"financehub up {flag} {pick_free()}"
            ) from None


def pick_free() -> int:
    """A port that is free now."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether something accepts connections there."""
    with contextlib.closing(socket.socket()) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((LOOPBACK, port)) == 0


def holder_of(port: int) -> str:
    """`name (process 123)` of whoever listens on the port; empty when the system does not tell."""
    inodes = {f"socket:[{inode}]" for inode in _listening_inodes(port)}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(
            OSError
        ):  # processes end while we look, and those of others are closed to us
            if any(str(link.readlink()) in inodes for link in (process / "fd").iterdir()):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
    return ""


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        with contextlib.suppress(OSError):
            for line in table.read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == LISTENING and int(fields[1].rpartition(":")[2], 16) == port:
                    inodes.add(fields[9])
    return inodes
