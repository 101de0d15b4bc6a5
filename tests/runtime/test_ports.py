"""A busy port is explained: who, and which flag."""

import os
import socket
from collections.abc import Iterator

import pytest

from financehub.runtime import ports


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        yield server.getsockname()[1]


class TestABusyPort:
    def test_names_its_holder_and_the_flag(self, busy_port: int) -> None:
        with pytest.raises(ports.PortBusy) as problem:
            ports.require_free(busy_port, "--port")
        message = str(problem.value)
        assert message.startswith(f"Port {busy_port} is taken by ")
        assert f"(process {os.getpid()})" in message
        assert "financehub up --port " in message

    def test_answers(self, busy_port: int) -> None:
        assert ports.answers(busy_port)


class TestAFreePort:
    def test_can_be_taken(self) -> None:
        port = ports.pick_free()
        ports.require_free(port, "--port")
        assert not ports.answers(port)
        assert ports.holder_of(port) == ""
