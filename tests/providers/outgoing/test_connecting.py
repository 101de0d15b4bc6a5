"""The address that was judged is the address that is connected to, and no call outlives its deadline."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from tests.receiver import receiving

from financehub.providers.outgoing import addresses, posting
from financehub.providers.outgoing.posting import NotReached

LOOPBACK = addresses.parse_networks(["127.0.0.0/8"])


class NameServer:
    """Answers of a hostile name server: the next of the list each time it is asked."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, _host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))]


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., NameServer]:
    def install(*answers: str) -> NameServer:
        server, real = NameServer(*answers), socket.getaddrinfo

        def ask(host: str, port: int, *args: object, **kwargs: object) -> object:
            return server(host, port) if str(host).endswith(".example") else real(host, port, *args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(socket, "getaddrinfo", ask)
        return server

    return install


def test_a_name_that_changes_its_answer_gains_nothing(names: Callable[..., NameServer]) -> None:
    """The first answer is allowed and gets the request; the forbidden second one is never asked for."""
    server = names("127.0.0.1", "10.0.0.1")
    with receiving() as receiver:
        port = receiver.url.rpartition(":")[2]
        answer = posting.post(f"http://rebinding.example:{port}/hook", b"{}", {}, networks=LOOPBACK)
    assert answer.is_ok
    assert server.asked == 1
    assert receiver.requests[0].headers["host"] == f"rebinding.example:{port}"


def test_a_name_that_leads_inside_is_not_connected_to(names: Callable[..., NameServer]) -> None:
    names("127.0.0.1")
    with receiving() as receiver:
        port = receiver.url.rpartition(":")[2]
        with pytest.raises(NotReached) as refusal:
            posting.post(f"http://inside.example:{port}/", b"{}", {})
    assert refusal.value.reason == "forbidden_address"
    assert receiver.requests == []


@pytest.fixture
def trickler() -> Iterator[str]:
    """A server that sends one letter of a header at a time, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nx-slow: ")
            while not stop.wait(0.02):
                try:
                    connection.sendall(b"a")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    stop.set()
    thread.join()
    listener.close()


def test_a_server_that_trickles_is_left_at_the_deadline(trickler: str) -> None:
    with pytest.raises(NotReached) as failure:
        posting.post(trickler, b"{}", {}, networks=LOOPBACK, seconds=0.3)
    assert failure.value.reason == "timeout"
