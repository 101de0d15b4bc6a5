"""Keeps child processes running: prefixed logs, restart with backoff, a clean stop, no orphans."""

import contextlib
import os
import selectors
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import TextIO

from financehub.runtime.processes import TAKEN_OVER, Fork, Process, Program

FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STEADY_AFTER = 60.0  # seconds of life that forgive earlier crashes
PATIENCE = 10.0  # seconds a child may take to stop before it is killed
TICK = 0.2
COLOURS = (36, 32, 35, 33, 34, 96, 92)


class ChildFailed(RuntimeError):
    """A child ended, or did not become ready in time, before the start was complete."""


@dataclass(frozen=True)
class Child:
    """One process to keep: a command, or a function for a fork. `ready` is asked until it answers yes."""

    name: str
    work: Sequence[str] | Callable[[], object]
    environment: Mapping[str, str]
    ready: Callable[[], bool] | None = None


class _Running:
    """A started child: its process, the unfinished line of its log, and how often it crashed lately."""

    def __init__(self, child: Child, colour: int) -> None:
        self.child = child
        self.colour = colour
        self.crashes = 0
        self.restart_at = 0.0
        self.pending = b""
        self.process = self._spawn()

    def _spawn(self) -> Process:
        self.started_at = time.monotonic()
        if callable(self.child.work):
            return Fork(self.child.name, self.child.work, self.child.environment)
        return Program(self.child.work, self.child.environment)

    def restart(self) -> None:
        self.restart_at = 0.0
        self.process = self._spawn()

    def plan_restart(self, now: float) -> float:
        """Seconds to wait before the next try: doubling with each crash, forgotten after a steady life."""
        self.crashes = 0 if now - self.started_at > STEADY_AFTER else self.crashes + 1
        delay = min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** max(0, self.crashes - 1))
        self.restart_at = now + delay
        return delay

    def signal_group(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None


class Supervisor:
    """Use as a context manager: leaving it stops every child, in the reverse order of their start."""

    def __init__(self, output: TextIO = sys.stdout) -> None:
        self._output = output
        self._in_colour = output.isatty() and "NO_COLOR" not in os.environ
        self._running: dict[str, _Running] = {}
        self._selector = selectors.DefaultSelector()
        self._stop_asked = False
        self._in_a_hurry = False
        self._handlers: dict[int, object] = {}

    def __enter__(self) -> "Supervisor":
        for number in TAKEN_OVER:
            self._handlers[number] = signal.signal(number, self._ask_stop)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def _ask_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._in_a_hurry = self._stop_asked
        self._stop_asked = True

    @property
    def stop_asked(self) -> bool:
        """Whether a person (or the system) asked us to end."""
        return self._stop_asked

    def say(self, text: str) -> None:
        """A line of our own."""
        for line in text.splitlines() or [""]:
            self._print("hub", line, 1)

    def start(self, child: Child, *, within: float = 60.0) -> None:
        """Start a child and wait until it is ready. Raises ChildFailed; returns early when asked to stop."""
        running = _Running(child, COLOURS[len(self._running) % len(COLOURS)])
        self._running[child.name] = running
        self._listen(running)
        deadline = time.monotonic() + within
        while child.ready is not None and not self._stop_asked and not child.ready():
            self._pump(TICK / 4)
            if not running.is_alive:
                self._drain(running)
                raise ChildFailed(f"{child.name} ended with code {running.process.poll()} while starting")
            if time.monotonic() > deadline:
                raise ChildFailed(f"{child.name} was not ready within {within:.0f} seconds")

    def run(self, child: Child) -> None:
        """Run a child to its end. Raises ChildFailed when its code is not 0."""
        running = _Running(child, COLOURS[-1])
        self._listen(running)
        try:
            while running.is_alive and not self._stop_asked:
                self._pump(TICK / 4)
                self._revive()
        finally:
            self._end(running)
        if running.process.poll() and not self._stop_asked:
            raise ChildFailed(f"{child.name} ended with code {running.process.poll()}")

    def watch(self) -> None:
        """Relay logs and restart what dies, until asked to stop."""
        while not self._stop_asked:
            self.tick()

    def tick(self) -> None:
        """One round of it: at most a fifth of a second."""
        self._pump(TICK)
        self._revive()

    def stop(self) -> None:
        """Stop the children, last started first; a second request to stop kills without waiting."""
        while self._running:
            _, running = self._running.popitem()
            self._end(running)

    def pid_of(self, name: str) -> int:
        """The process id of a child now."""
        return self._running[name].process.pid

    def _end(self, running: _Running) -> None:
        deadline = time.monotonic() + PATIENCE
        running.signal_group(signal.SIGTERM)
        while running.is_alive and time.monotonic() < deadline and not self._in_a_hurry:
            self._pump(TICK / 4)
        running.signal_group(signal.SIGKILL)
        running.process.wait()
        self._drain(running)

    def _revive(self) -> None:
        now = time.monotonic()
        for running in self._running.values():
            if running.is_alive:
                continue
            if running.restart_at == 0.0:
                self._drain(running)
                running.signal_group(signal.SIGKILL)  # its own children must not outlive it
                delay = running.plan_restart(now)
                code = running.process.poll()
                self.say(f"{running.child.name} ended with code {code}; starting it again in {delay:g} s")
            elif now >= running.restart_at:
                running.restart()
                self._listen(running)

    def _listen(self, running: _Running) -> None:
        os.set_blocking(running.process.output.fileno(), False)
        self._selector.register(running.process.output, selectors.EVENT_READ, running)

    def _pump(self, timeout: float) -> None:
        """Relay what the children wrote, waiting up to `timeout` seconds for it."""
        if not self._selector.get_map():
            time.sleep(timeout)
            return
        for key, _ in self._selector.select(timeout):
            self._read(key.data)

    def _read(self, running: _Running) -> bool:
        """Relay one piece of a child's output; whether there was any."""
        pipe = running.process.output
        if pipe.closed:
            return False
        try:
            piece = os.read(pipe.fileno(), 65536)
        except BlockingIOError:
            return False
        if not piece:
            self._selector.unregister(pipe)
            pipe.close()
            return False
        for line in self._whole_lines(running, piece):
            self._print(running.child.name, line, running.colour)
        return True

    def _whole_lines(self, running: _Running, piece: bytes) -> Iterator[str]:
        *lines, running.pending = (running.pending + piece).split(b"\n")
        return (line.decode(errors="replace").rstrip("\r") for line in lines)

    def _drain(self, running: _Running) -> None:
        """Relay the last words of a child that has ended."""
        while self._read(running):
            pass
        if running.pending:
            self._print(running.child.name, running.pending.decode(errors="replace"), running.colour)
            running.pending = b""
        pipe = running.process.output
        if not pipe.closed:
            self._selector.unregister(pipe)
            pipe.close()

    def _print(self, name: str, line: str, colour: int) -> None:
        prefix = f"{name:<9}|"
        text = f"\033[{colour}m{prefix}\033[0m {line}" if self._in_colour else f"{prefix} {line}"
        with contextlib.suppress(OSError):  # a closed terminal must not keep us from stopping the children
            print(text, file=self._output, flush=True)
