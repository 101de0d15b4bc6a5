"""A child is a program or a fork; both are read, waited for and signalled alike."""

import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from financehub.runtime.processes import Fork, Process, Program


def ended(process: Process) -> tuple[int, str]:
    """Its code and everything it wrote."""
    os.set_blocking(process.output.fileno(), True)
    text = process.output.read().decode()
    process.output.close()
    return process.wait(), text


def tell_about_itself() -> None:
    told = [os.environ["HUB_TEST"], str(os.getpgrp() == os.getpid()), str(gc.isenabled())]
    sys.stdout.write(f"{' '.join(told)}\n{Path('/proc/self/comm').read_text()}")


def fail() -> None:
    raise RuntimeError("no luck")


def leave(code: object) -> Callable[[], None]:
    def entry() -> None:
        raise SystemExit(code)

    return entry


class TestAProgram:
    def test_runs_with_its_own_environment(self) -> None:
        process = Program([sys.executable, "-S", "-c", "import os; print(os.environ)"], {"HUB_TEST": "a"})
        code, text = ended(process)
        assert code == 0
        assert "'HUB_TEST': 'a'" in text

    def test_ends_with_a_negative_code_for_a_signal(self) -> None:
        process = Program([sys.executable, "-S", "-c", "import time; time.sleep(60)"], {})
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
        assert ended(process)[0] == -signal.SIGKILL


@pytest.mark.filterwarnings(
    "ignore:.*multi-threaded.*fork:DeprecationWarning"
)  # the tests', not the supervisor
class TestAFork:
    def test_runs_a_function_with_a_name_and_a_group_of_its_own(self) -> None:
        code, text = ended(Fork("ab", tell_about_itself, {"HUB_TEST": "yes"}))
        assert (code, text.splitlines()) == (0, ["yes True True", "hub-ab"])

    def test_says_what_went_wrong_and_ends_with_1(self) -> None:
        code, text = ended(Fork("ab", fail, {}))
        assert code == 1
        assert "RuntimeError: no luck" in text

    @pytest.mark.parametrize(("given", "code"), [(None, 0), (3, 3), ("a reason", 1)])
    def test_leaves_with_the_code_it_asks_for(self, given: object, code: int) -> None:
        assert ended(Fork("ab", leave(given), {}))[0] == code

    def test_does_not_hear_the_supervisors_signal_handlers(self) -> None:
        before = signal.signal(signal.SIGTERM, lambda *_: None)
        try:
            process = Fork("ab", signal.pause, {})
            while "hub-ab" not in Path(f"/proc/{process.pid}/comm").read_text():
                pass
            while int(_caught(process.pid), 16) & (1 << (signal.SIGTERM - 1)):
                pass
            os.killpg(process.pid, signal.SIGTERM)
            assert ended(process)[0] == -signal.SIGTERM
        finally:
            signal.signal(signal.SIGTERM, before)


def _caught(pid: int) -> str:
    """The mask of signals that a process handles."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith("SigCgt"))
