"""An HTTP transport that remembers every answer, and one that repeats them from memory."""

import pickle
from pathlib import Path

import httpx

Tape = dict[str, tuple[int, bytes]]


class Recorder(httpx.BaseTransport):
    """Passes requests on and keeps the answers by method and address."""

    def __init__(self) -> None:
        self._inner = httpx.HTTPTransport()
        self.tape: Tape = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        body = response.read()
        self.tape[_key(request)] = (response.status_code, body)
        headers = {"content-type": "application/json"}
        return httpx.Response(response.status_code, content=body, headers=headers)

    def save(self, path: Path) -> None:
        path.write_bytes(pickle.dumps(self.tape))


class Player(httpx.BaseTransport):
    """Answers from a tape, without a network."""

    def __init__(self, path: Path) -> None:
        self.tape: Tape = pickle.loads(path.read_bytes())

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        status, body = self.tape[_key(request)]
        return httpx.Response(status, content=body, headers={"content-type": "application/json"})


def _key(request: httpx.Request) -> str:
    return f"{request.method} {request.url.raw_path.decode()}"
