import socket
from pathlib import Path

import httpx
import pytest
from tests.stripe_simulator import start

from stripe_sandbox.cli import main, parser


def test_the_first_line_says_where_it_listens_and_with_which_secrets() -> None:
    process, simulator = start("--frozen", "--now", "2026-11-25T12:00:00", "--secret-key", "sk_test_x")
    try:
        assert simulator.secret_key == "sk_test_x"
        told = httpx.get(f"{simulator.url}/_control").json()
        assert (told["now"], told["frozen"]) == (1795608000, True)
        assert simulator.client().v1.customers.list().data == []
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_an_endpoint_can_be_there_from_the_start() -> None:
    process, simulator = start("--webhook-url", "http://127.0.0.1:9/hook", "--webhook-secret", "whsec_known")
    try:
        [endpoint] = simulator.client().v1.webhook_endpoints.list().data
        assert (endpoint.url, endpoint.enabled_events) == ("http://127.0.0.1:9/hook", ["*"])
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_a_remembered_endpoint_keeps_its_secret_and_gets_the_new_address(tmp_path: Path) -> None:
    urls = []
    for port in ("9", "10"):
        process, simulator = start(
            "--memory", str(tmp_path / "m.json"), "--webhook-url", f"http://127.0.0.1:{port}/"
        )
        urls.append([one.url for one in simulator.client().v1.webhook_endpoints.list().data])
        process.terminate()
        process.wait(timeout=10)
    assert urls == [["http://127.0.0.1:9/"], ["http://127.0.0.1:10/"]]


def test_a_taken_port_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["--port", str(taken.getsockname()[1])]) == 1
    assert "cannot listen" in capsys.readouterr().err


def test_the_options_have_defaults() -> None:
    options = parser().parse_args([])
    assert (options.port, options.host, options.secret_key) == (0, "127.0.0.1", "sk_test_stripe_in_a_box")
