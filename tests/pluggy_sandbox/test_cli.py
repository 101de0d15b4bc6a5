"""The program itself: how it starts, what it prints, what breaks a connection, how it stops."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from pluggy_sandbox.cli import main


@dataclass
class Program:
    process: subprocess.Popen
    hello: dict
    client: httpx.Client


@pytest.fixture(scope="module")
def program() -> Iterator[Program]:
    command = [
        sys.executable,
        "-m",
        "pluggy_sandbox",
        "--port",
        "0",
        "--seed",
        "9",
        "--now",
        "2026-11-25T12:00:00",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    hello = json.loads(process.stdout.readline())
    with httpx.Client(base_url=hello["url"], timeout=10) as client:
        keys = {"clientId": hello["clientId"], "clientSecret": hello["clientSecret"]}
        client.headers["X-API-KEY"] = client.post("/auth", json=keys).json()["apiKey"]
        yield Program(process, hello, client)
    if process.poll() is None:
        process.kill()
    process.communicate()


def test_the_first_line_says_where_and_with_which_keys(program: Program) -> None:
    assert set(program.hello) == {"url", "clientId", "clientSecret"}
    assert program.client.get("/_control/state").json()["seed"] == 9
    assert program.client.get("/_control/state").json()["url"] == program.hello["url"]


def test_real_time_moves_executions(program: Program) -> None:
    body = {"connectorId": 2, "parameters": {"user": "user-ok", "password": "password-ok"}}
    item = program.client.post("/items", json=body).json()
    program.client.post("/_control/clock", json={"seconds": 2.9})
    for _ in range(200):
        now = program.client.get(f"/items/{item['id']}").json()
        if now["status"] == "UPDATED":
            break
    assert now["executionStatus"] == "SUCCESS"
    assert now["createdAt"].startswith("2026-11-25T12:00:")


def test_a_dropped_connection_breaks_in_the_middle_of_the_body(program: Program) -> None:
    program.client.post("/_control/faults", json={"kind": "drop", "path": "/connectors", "times": 1})
    with pytest.raises(httpx.RemoteProtocolError):
        program.client.get("/connectors")
    assert program.client.get("/connectors").status_code == 200


def test_it_stays_small(program: Program) -> None:
    status = Path(f"/proc/{program.process.pid}/status")
    if not status.exists():
        pytest.skip("no /proc on this system")
    kilobytes = int(
        next(line for line in status.read_text().splitlines() if line.startswith("VmRSS")).split()[1]
    )
    assert kilobytes < 80_000


def test_a_busy_port_is_explained(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    port = program.hello["url"].rpartition(":")[2]
    assert main(["--port", port]) == 1
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err


def test_a_broken_scenario_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("name: 3\n")
    assert main(["--scenario", str(path)]) == 1
    assert "mine.yaml" in capsys.readouterr().err


def test_an_interrupt_stops_it_and_the_rest_went_to_stderr(program: Program) -> None:
    os.kill(program.process.pid, signal.SIGINT)
    out, err = program.process.communicate(timeout=5)
    assert out == ""
    assert f"PLUGGY_BASE_URL={program.hello['url']}" in err
    assert "Traceback" not in err
