"""Starting one child: a program of its own, or a fork of this process that shares what is loaded already."""

import contextlib
import ctypes
import gc
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import IO, NoReturn, Protocol

PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15  # calls of prctl(2)
TAKEN_OVER = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the signals a supervisor handles itself


class Process(Protocol):
    """What a supervisor needs of a child, however it was started."""

    pid: int

    @property
    def output(self) -> IO[bytes]:
        """The reading end of what it writes."""

    def poll(self) -> int | None:
        """Its exit code once it has ended, negative for a signal."""

    def wait(self) -> int:
        """Wait for its end."""


class Program:
    """A command in a process group of its own; Ctrl-C in the terminal does not reach it directly."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=_die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )
        assert self._process.stdout is not None  # noqa: S101 - we asked for a pipe
        self.pid = self._process.pid
        self.output: IO[bytes] = self._process.stdout

    def poll(self) -> int | None:
        return self._process.poll()

    def wait(self) -> int:
        return self._process.wait()


class Fork:
    """A function in a copy of this process: memory is shared until one of the two writes to it."""

    def __init__(self, name: str, entry: Callable[[], object], environment: Mapping[str, str]) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()
        self.pid = os.fork()
        if self.pid == 0:
            _live_as_child(name, entry, environment, writing)
        os.close(writing)
        with contextlib.suppress(OSError):  # the child does the same; whoever comes second may be too late
            os.setpgid(self.pid, self.pid)
        self.output: IO[bytes] = os.fdopen(reading, "rb", buffering=0)
        self._code: int | None = None

    def poll(self) -> int | None:
        return self._reap(os.WNOHANG)

    def wait(self) -> int:
        code = self._reap(0)
        return 0 if code is None else code

    def _reap(self, options: int) -> int | None:
        if self._code is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code


def _live_as_child(
    name: str, entry: Callable[[], object], environment: Mapping[str, str], output: int
) -> NoReturn:
    """Leave everything of the parent's behind but its memory, run the entry, and end."""
    code = 1
    try:
        os.setpgid(0, 0)
        _die_with_parent()
        _call_kernel(PR_SET_NAME, f"hub-{name}".encode())
        for number in TAKEN_OVER:
            signal.signal(number, signal.SIG_DFL)
        _take_over_descriptors(output)
        os.environ.update(environment)
        gc.enable()
        entry()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - the last frame of a process: say it and end
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _take_over_descriptors(output: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", closefd=False)  # noqa: SIM115


def _die_with_parent() -> None:
    """In the child: end when the supervisor is killed, so that nothing outlives a `kill -9` (Linux)."""
    _call_kernel(PR_SET_PDEATHSIG, signal.SIGTERM)


def _call_kernel(what: int, argument: int | bytes) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(what, argument, 0, 0, 0)
