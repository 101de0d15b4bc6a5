"""`financehub up` as a person runs it: one command, mending itself, stopping cleanly, explaining itself."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from financehub.runtime import data_directory, ports
from financehub.runtime import up as up_command

PROGRAM = Path(sys.executable).with_name("financehub")
OURS = ("FINANCEHUB_", "PLUGGY_", "STRIPE_", "DATABASE_URL", "REDIS_URL", "CELERY_", "DJANGO_")


class Up:
    """One running `financehub up` and everything it has said."""

    def __init__(self, data: Path, *switches: str, **flags: int) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self.ports = {name: ports.pick_free() for name in ("port", "realtime-port", "simulator-port")} | flags
        options = [part for name, port in self.ports.items() for part in (f"--{name}", str(port))]
        self.process = subprocess.Popen(
            [PROGRAM, "up", *options, *switches],
            env={**clean, "FINANCEHUB_DATA_DIR": str(data)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, text: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.said:
            assert self.process.poll() is None, f"ended too early:\n{self.said}"
            assert time.monotonic() < deadline, f"never said {text!r}:\n{self.said}"
            time.sleep(0.05)

    def end(self) -> int:
        """Wait for it to end by itself."""
        code = self.process.wait(timeout=30)
        self._listener.join(timeout=5)
        return code

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.end()

    def status_of(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports['port']}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def child_pid(self, name: str) -> int:
        """The process id of the child that the process list calls `name`."""
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                called = (entry / "comm").read_text().strip()
            except OSError:
                continue
            if parent == self.process.pid and called == name:
                return int(entry.name)
        raise AssertionError(f"no child is called {name}")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def up(data: Path) -> Iterator[Up]:
    running = Up(data)
    try:
        running.wait_for("Ctrl-C stops it")
        yield running
    finally:
        running.stop()


@pytest.mark.slow
class TestUp:
    def test_says_where_to_go_and_how_to_get_in(self, up: Up) -> None:
        assert f"Finance Hub is ready: http://127.0.0.1:{up.ports['port']}" in up.said
        assert re.search(r"Sign in as demo@example\.com with the password \S{16} ", up.said)

    def test_serves_pages_that_ask_to_sign_in(self, up: Up) -> None:
        assert up.status_of("/conta/entrar/") == 200

    def test_answers_the_webhook_door(self, up: Up) -> None:
        assert up.status_of("/api/webhooks/pluggy") in {401, 403, 405}

    def test_tells_the_doctor_that_all_is_well(self, up: Up, data: Path) -> None:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        report = subprocess.run(
            [PROGRAM, "doctor", "--data-dir", data],
            env=clean,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "PROBLEM" not in report.stdout
        assert report.returncode == 0

    def test_starts_a_killed_worker_again(self, up: Up) -> None:
        os.kill(up.child_pid("hub-worker"), signal.SIGKILL)
        up.wait_for("worker ended with code -9; starting it again")

    def test_refuses_a_second_supervisor_of_the_same_data(self, up: Up, data: Path) -> None:
        second = Up(data)
        assert second.end() == 1
        assert "Finance Hub already runs on" in second.said

    def test_stops_everything_when_asked_and_does_not_seed_twice(self, up: Up, data: Path) -> None:
        assert up.stop() == 0
        assert not any(ports.answers(port) for port in up.ports.values())
        assert not (data / "valkey.sock").exists()
        again = Up(data, "--with-billing", f"--stripe-port={ports.pick_free()}")  # sells plans from now on
        again.wait_for("Ctrl-C stops it")
        assert "forgotten: financehub changepassword demo@example.com" in again.said
        assert "price starter_month_brl: created" in again.said
        assert "webhook endpoint: created" in again.said
        assert f"Plans: http://127.0.0.1:{again.ports['port']}/assinatura" in again.said
        assert again.stop() == 0


def test_stripe_in_a_box_takes_no_real_keys_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_x")
    assert up_command.main(["--with-billing", "--data-dir", str(tmp_path)]) == 1
    assert "STRIPE_SECRET_KEY names the real one" in capsys.readouterr().err


class TestABusyPort:
    @pytest.mark.parametrize("flag", ["port", "realtime-port", "simulator-port"])
    def test_is_explained_and_nothing_is_started(self, tmp_path: Path, flag: str) -> None:
        with socket.socket() as server:
            server.bind((ports.LOOPBACK, 0))
            server.listen()
            busy = server.getsockname()[1]
            refused = Up(tmp_path, **{flag: busy})
            assert refused.end() == 1
        assert f"Port {busy} is taken by" in refused.said
        assert f"financehub up --{flag} " in refused.said
        assert not (tmp_path / data_directory.KEYS_FILE).exists()
