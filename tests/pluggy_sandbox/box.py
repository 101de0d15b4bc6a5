"""An in-process simulator with a frozen clock, and a receiver of webhooks, for tests of the engine."""

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from pluggy_sandbox.app import create_app
from pluggy_sandbox.clock import Clock
from pluggy_sandbox.world import World

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
GOOD = {"user": "user-ok", "password": "password-ok"}
CPF_OK, CPF_TWO_APPROVALS, CPF_REJECTED = "761.092.776-73", "238.242.640-30", "051.177.670-55"
RUN_SECONDS = 3.0


class Box:
    """Speaks to the application without a socket; every call is synchronous."""

    def __init__(self, seed: int = 7) -> None:
        self.world = World(seed=seed, clock=Clock(NOON, frozen=True))
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(create_app(self.world), raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://box")
        self._client.headers["X-API-KEY"] = self.api_key()

    def call(self, method: str, path: str, **options) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def get(self, path: str, **params) -> httpx.Response:
        return self.call("GET", path, params=params or None)

    def post(self, path: str, body: dict | None = None) -> httpx.Response:
        return self.call("POST", path, json=body or {})

    def patch(self, path: str, body: dict | None = None) -> httpx.Response:
        return self.call("PATCH", path, json=body or {})

    def delete(self, path: str) -> httpx.Response:
        return self.call("DELETE", path)

    def close(self) -> None:
        self._runner.run(self.world.sender.close())
        self._runner.run(self._client.aclose())
        self._runner.close()

    def api_key(self) -> str:
        state = self.world.state
        body = {"clientId": state.client_id, "clientSecret": state.client_secret}
        return self.post("/auth", body).json()["apiKey"]

    def advance(self, seconds: float) -> None:
        answer = self.post("/_control/clock", {"seconds": seconds})
        assert answer.status_code == 200, answer.text
        self._client.headers["X-API-KEY"] = self.api_key()

    def switch(self, **switches) -> None:
        answer = self.patch("/_control/switches", switches)
        assert answer.status_code == 200, answer.text

    def create(self, connector_id: int = 2, parameters: dict | str | None = None, **more) -> dict:
        body = {"connectorId": connector_id, "parameters": parameters or GOOD, **more}
        answer = self.post("/items", body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def item(self, item_id: str) -> dict:
        return self.get(f"/items/{item_id}").json()

    def connected(self, connector_id: int = 2, parameters: dict | None = None, **more) -> dict:
        """An item whose first run has ended."""
        item = self.create(connector_id, parameters, **more)
        self.advance(RUN_SECONDS)
        return self.item(item["id"])

    def consented(self, connector_id: int = 601, cpf: str = CPF_OK, **more) -> dict:
        """An Open Finance item whose person said yes at the bank."""
        item = self.create(connector_id, {"cpf": cpf}, **more)
        self.advance(1)
        assert self.post(f"/_control/items/{item['id']}/approve").status_code == 200
        self.advance(RUN_SECONDS)
        return self.item(item["id"])

    def as_widget(self, token: str, method: str, path: str, body: dict | None = None) -> httpx.Response:
        return self.call(method, path, json=body, headers={"X-API-KEY": token})

    def connect_token(self, **body) -> str:
        return self.post("/connect_token", body).json()["accessToken"]

    def accounts(self, item_id: str) -> list[dict]:
        return self.get("/accounts", itemId=item_id).json()["results"]

    def account(self, item_id: str, kind: str = "BANK") -> dict:
        return next(row for row in self.accounts(item_id) if row["type"] == kind)

    def all_transactions(self, account_id: str, **filters) -> list[dict]:
        """Every page of /v2/transactions, followed by its cursor."""
        rows, path, params = [], "/v2/transactions", {"accountId": account_id, **filters}
        while True:
            page = self.get(path, **params).json()
            rows += page["results"]
            if page["next"] is None:
                return rows
            path, params = f"/v2/transactions{page['next']}", {}

    def deliveries(self, event: str | None = None) -> list[dict]:
        params = {"event": event} if event else {}
        return self.get("/_control/deliveries", **params).json()


@dataclass
class Knock:
    """One POST a receiver got."""

    path: str
    headers: dict[str, str]
    body: dict
    raw: bytes


@dataclass
class Receiver:
    """A loopback server that keeps what it gets and answers what `answer` says."""

    answer: Callable[[int], int] = lambda _count: 200
    knocks: list[Knock] = field(default_factory=list)

    def __enter__(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["content-length"]))
                headers = {key.lower(): value for key, value in self.headers.items()}
                receiver.knocks.append(Knock(self.path, headers, json.loads(raw), raw))
                self.send_response(receiver.answer(len(receiver.knocks)))
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def events(self) -> list[str]:
        return [knock.body["event"] for knock in self.knocks]
