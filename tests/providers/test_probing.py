"""A probe tells whether an address answers, and what time it is there."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from financehub.providers import probing


class SlowClock(BaseHTTPRequestHandler):
    """Answers 405 to everything, two minutes late."""

    def do_HEAD(self) -> None:
        self.send_response(405)
        self.end_headers()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return (datetime.now(UTC) - timedelta(minutes=2)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def address() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), SlowClock) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/door"
        server.shutdown()
        thread.join()


class TestProbing:
    def test_tells_the_status_and_the_clock(self, address: str) -> None:
        answer = probing.probe(address)
        assert answer.status == 405
        assert answer.clock_offset == pytest.approx(-120, abs=2)

    def test_says_when_nothing_answers(self) -> None:
        with pytest.raises(probing.Unreachable, match="refused"):
            probing.probe("http://127.0.0.1:1/")
