"""A small HTTP server that answers like Pluggy, exactly as a test scripts it."""

import json
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from financehub.providers.pluggy import ClientSettings

NO_TOKEN = {"code": 403, "message": "Missing or invalid authorization token"}


@dataclass
class Hands:
    """The clock and the sleep of a test: sleeping moves the clock and is written down."""

    now: float = 1_800_000_000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def settings(self, **changes: object) -> ClientSettings:
        fixed = {"clock": self.clock, "sleep": self.sleep, "dice": lambda: 1.0}
        return ClientSettings(**{**fixed, **changes})


@dataclass(frozen=True)
class Answer:
    """`dropped` closes the connection instead of answering; `delay` in seconds."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    dropped: bool = False
    delay: float = 0.0

    def payload(self) -> bytes:
        if self.body is None:
            return b""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


DROPPED = Answer(dropped=True)


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    query: dict[str, list[str]]
    body: bytes
    key: str | None
    port: int

    def json(self) -> object:
        return json.loads(self.body)


class StubPluggy:
    """Scripted answers per "METHOD /path", in order, the last one for ever; logs in with key-1, key-2, ..."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.valid_keys: set[str] = set()
        self.keys_issued = 0
        self.login_delay = 0.0
        self._scripts: dict[str, list[Answer]] = defaultdict(list)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def on(self, call: str, *answers: Answer) -> None:
        self._scripts[call] = list(answers)

    def calls(self, call: str) -> list[Received]:
        return [one for one in self.received if f"{one.method} {one.path}" == call]

    def answer_to(self, received: Received) -> Answer:
        with self._lock:
            self.received.append(received)
            script = self._scripts[f"{received.method} {received.path}"]
            if received.path == "/auth" and not script:
                return self._log_in()
            if received.path != "/auth" and received.key not in self.valid_keys:
                return Answer(NO_TOKEN, 403)
            if not script:
                return Answer({"code": 404, "message": "nothing here"}, 404)
            return script.pop(0) if len(script) > 1 else script[0]

    def _log_in(self) -> Answer:
        self.keys_issued += 1
        key = f"key-{self.keys_issued}"
        self.valid_keys = {key}
        return Answer({"apiKey": key}, delay=self.login_delay)


def _handler_for(stub: StubPluggy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _respond(self) -> None:
            address = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            key = self.headers.get("X-API-KEY")
            query = parse_qs(address.query)
            port = self.client_address[1]
            answer = stub.answer_to(Received(self.command, address.path, query, body, key, port))
            if answer.delay:
                threading.Event().wait(answer.delay)
            if answer.dropped:
                self.close_connection = True
                return
            self._write(answer)

        def _write(self, answer: Answer) -> None:
            payload = answer.payload()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = do_PATCH = do_DELETE = _respond  # noqa: N815 - names fixed by http.server

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler
