"""Where one installation keeps its database, broker files, generated keys and the lock of its supervisor."""

import base64
import fcntl
import os
import secrets
import uuid
from pathlib import Path

from financehub.providers.webpush import vapid

KEYS_FILE = "keys.env"
ENVIRONMENT_FILE = "environment.env"
LOCK_FILE = "up.lock"


class AlreadyRunning(RuntimeError):
    """Another `financehub up` uses this data directory."""


def locate(chosen: str = "") -> Path:
    """The directory `chosen`, else FINANCEHUB_DATA_DIR, else `finance-hub` in the XDG data home."""
    named = chosen or os.environ.get("FINANCEHUB_DATA_DIR", "")
    if named:
        return Path(named).expanduser().resolve()
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return (Path(home).expanduser() / "finance-hub").resolve()


def create(path: Path) -> None:
    """Make the directory, readable by its owner only."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)


def lock(path: Path) -> int:
    """Hold the directory until the process ends; the descriptor is the lock. Raises AlreadyRunning."""
    descriptor = os.open(path / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(descriptor, 20, 0).decode().strip()
        os.close(descriptor)
        raise AlreadyRunning(
            f"Finance Hub already runs on {path} (process {holder}). "
            "Stop it first, or choose another place with --data-dir."
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def release(descriptor: int) -> None:
    """Let another process have the directory."""
    os.close(descriptor)


def keys(path: Path) -> dict[str, str]:
    """The secrets of this installation by their variable names, generated the first time."""
    file = path / KEYS_FILE
    known = read_variables(file)
    fresh = {name: value for name, value in _new_keys().items() if name not in known}
    if fresh:
        known |= fresh
        write_variables(file, known)
    return known


def _new_keys() -> dict[str, str]:
    key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    return {
        "FINANCEHUB_KEYS": f"first:{key}",
        "FINANCEHUB_SECRET_KEY": secrets.token_urlsafe(48),
        "FINANCEHUB_VAPID_KEY": vapid.new_private_key(),
        "PLUGGY_WEBHOOK_SECRET": secrets.token_urlsafe(32),
        "SIMULATOR_CLIENT_ID": str(uuid.UUID(bytes=secrets.token_bytes(16), version=4)),
        "SIMULATOR_CLIENT_SECRET": secrets.token_urlsafe(24),
        "STRIPE_SIMULATOR_KEY": f"sk_test_{secrets.token_hex(16)}",
    }


def read_variables(file: Path) -> dict[str, str]:
    """The NAME=value lines of a file; nothing when there is none."""
    if not file.exists():
        return {}
    lines = (line.partition("=") for line in file.read_text().splitlines() if "=" in line)
    return {name: value for name, _, value in lines}


def write_variables(file: Path, variables: dict[str, str]) -> None:
    """Replace the file in one step, readable by its owner only."""
    draft = file.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.writelines(f"{name}={value}\n" for name, value in sorted(variables.items()))
    draft.replace(file)
