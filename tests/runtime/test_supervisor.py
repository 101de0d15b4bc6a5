"""The supervisor with small children of its own: restart, stop, last words, no orphans."""

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from financehub.runtime.supervisor import Child, ChildFailed, Supervisor

SLEEPER = "import time; print('up', flush=True); time.sleep(60)"


def python(name: str, code: str, ready: Callable[[], bool] | None = None) -> Child:
    return Child(name, [sys.executable, "-S", "-c", code], dict(os.environ), ready)


def pump(supervisor: Supervisor, until: Callable[[], bool], seconds: float = 10) -> None:
    """Let the supervisor work until the condition holds."""
    deadline = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < deadline, "nothing happened in time"
        supervisor.tick()


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(pid: int) -> None:
    """The kernel ends a process a moment after the signal."""
    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(pid)


class TestAChild:
    def test_speaks_with_its_name_in_front(self) -> None:
        output = io.StringIO()
        with Supervisor(output) as supervisor:
            supervisor.run(python("greeter", "print('bom dia'); print('boa noite', end='')"))
        assert output.getvalue() == "greeter  | bom dia\ngreeter  | boa noite\n"

    def test_is_waited_for_until_it_is_ready(self, tmp_path: Path) -> None:
        flag = tmp_path / "ready"
        code = f"import time, pathlib; time.sleep(0.3); pathlib.Path({str(flag)!r}).touch(); time.sleep(60)"
        with Supervisor(io.StringIO()) as supervisor:
            supervisor.start(python("slow", code, flag.exists))
            assert flag.exists()

    def test_that_dies_while_starting_is_an_error_with_its_last_words(self) -> None:
        output = io.StringIO()
        with (
            Supervisor(output) as supervisor,
            pytest.raises(ChildFailed, match="broken ended with code 3 while starting"),
        ):
            supervisor.start(python("broken", "print('no key'); raise SystemExit(3)", lambda: False))
        assert "broken   | no key" in output.getvalue()

    def test_that_never_becomes_ready_is_an_error(self) -> None:
        with Supervisor(io.StringIO()) as supervisor, pytest.raises(ChildFailed, match="not ready within"):
            supervisor.start(python("mute", SLEEPER, lambda: False), within=0.3)

    def test_run_to_its_end_with_a_bad_code_is_an_error(self) -> None:
        with Supervisor(io.StringIO()) as supervisor, pytest.raises(ChildFailed, match="ended with code 2"):
            supervisor.run(python("step", "raise SystemExit(2)"))

    def test_is_started_again_when_it_is_killed(self) -> None:
        output = io.StringIO()
        with Supervisor(output) as supervisor:
            supervisor.start(python("worker", SLEEPER))
            first = supervisor.pid_of("worker")
            os.kill(first, signal.SIGKILL)
            pump(supervisor, lambda: supervisor.pid_of("worker") != first)
            assert is_running(supervisor.pid_of("worker"))
        assert "worker ended with code -9; starting it again in 0.5 s" in output.getvalue()

    def test_that_keeps_crashing_is_given_longer_and_longer_pauses(self) -> None:
        output = io.StringIO()
        with Supervisor(output) as supervisor:
            supervisor.start(python("crasher", "raise SystemExit(1)"))
            pump(supervisor, lambda: "again in 2 s" in output.getvalue())
        assert "again in 0.5 s" in output.getvalue()
        assert "again in 1 s" in output.getvalue()


class TestStopping:
    def test_ends_every_child_last_started_first(self, tmp_path: Path) -> None:
        diary = tmp_path / "diary"
        code = (
            "import signal, sys, time\n"
            "def leave(*_):\n"
            f"    print(sys.argv[1], file=open({str(diary)!r}, 'a')); sys.exit()\n"
            "signal.signal(signal.SIGTERM, leave); print('up', flush=True); time.sleep(60)\n"
        )
        output = io.StringIO()
        with Supervisor(output) as supervisor:
            for name in ("valkey", "web"):
                supervisor.start(
                    Child(name, [sys.executable, "-S", "-c", code, name], dict(os.environ)),
                )
            pump(supervisor, lambda: output.getvalue().count("| up") == 2)
        assert diary.read_text().split() == ["web", "valkey"]

    def test_ends_the_children_of_a_child_too(self) -> None:
        output = io.StringIO()
        code = (
            "import subprocess, sys, time\n"
            f"command = [sys.executable, '-S', '-c', {SLEEPER!r}]\n"
            "child = subprocess.Popen(command, stdout=subprocess.DEVNULL)\n"
            "print('grandchild', child.pid, flush=True); time.sleep(60)\n"
        )
        with Supervisor(output) as supervisor:
            supervisor.start(python("parent", code))
            pump(supervisor, lambda: "grandchild" in output.getvalue())
            grandchild = int(output.getvalue().split()[-1])
            assert is_running(grandchild)
        wait_until_gone(grandchild)

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_is_what_a_signal_asks_for(self, number: signal.Signals) -> None:
        with Supervisor(io.StringIO()) as supervisor:
            supervisor.start(python("worker", SLEEPER))
            pid = supervisor.pid_of("worker")
            os.kill(os.getpid(), number)
            supervisor.watch()
        assert not is_running(pid)


class TestAKilledSupervisor:
    def test_leaves_no_orphans(self) -> None:
        code = (
            "import os, sys, time\n"
            "from financehub.runtime.supervisor import Child, Supervisor\n"
            "supervisor = Supervisor()\n"
            f"supervisor.start(Child('c', [sys.executable, '-S', '-c', {SLEEPER!r}], dict(os.environ)))\n"
            "print(supervisor.pid_of('c'), flush=True); time.sleep(60)\n"
        )
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            pid = int(process.stdout.readline())
            assert is_running(pid)
            process.kill()
        wait_until_gone(pid)
