"""An in-process Stripe in a box with a frozen clock, and a receiver of webhooks, for tests."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode

import httpx

from stripe_sandbox.app import create_app
from stripe_sandbox.clock import Clock
from stripe_sandbox.engine.jobs import JOBS
from stripe_sandbox.world import Settings, World

NOON = int(datetime(2026, 11, 25, 12, 0, tzinfo=UTC).timestamp())
DAY, HOUR = 86_400, 3600
KEY = "sk_test_stripe_in_a_box"
CPF = "123.456.789-09"


def pairs(params: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Nested parameters as the official client writes them: `items[0][price]=p`."""
    if isinstance(params, dict):
        for key, value in params.items():
            yield from pairs(value, f"{name}[{key}]" if name else key)
    elif isinstance(params, list):
        for number, value in enumerate(params):
            yield from pairs(value, f"{name}[{number}]")
    else:
        yield name, str(params).lower() if isinstance(params, bool) else str(params)


class Box:
    """Speaks to the application without a socket; every call is synchronous."""

    def __init__(self, base_url: str = "http://box") -> None:
        self.world = World(Settings(base_url=base_url), JOBS, Clock(NOON, frozen=True))
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(create_app(self.world), raise_app_exceptions=True)
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url)

    def call(self, method: str, path: str, **options) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))

    def api(self, method: str, path: str, params: dict | None = None, **headers: str) -> httpx.Response:
        """One API call as the official client makes it."""
        sent = {
            "authorization": f"Bearer {KEY}",
            **{key.replace("_", "-"): text for key, text in headers.items()},
        }
        query = urlencode(list(pairs(params or {})))
        if method == "POST":
            sent["content-type"] = "application/x-www-form-urlencoded"
            return self.call(method, f"/v1{path}", content=query, headers=sent)
        return self.call(method, f"/v1{path}?{query}", headers=sent)

    def post(self, path: str, **params) -> dict:
        answer = self.api("POST", path, params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def get(self, path: str, **params) -> dict:
        answer = self.api("GET", path, params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def delete(self, path: str, **params) -> dict:
        answer = self.api("DELETE", path, params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, method: str, path: str, **params) -> dict:
        """The error of a call that must fail, with its status."""
        answer = self.api(method, path, params)
        assert answer.status_code >= 400, answer.text
        return {"status": answer.status_code, **answer.json()["error"]}

    def control(self, path: str, **body) -> dict:
        answer = self.call("POST", f"/_control{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def form(self, address: str, **fields: str) -> httpx.Response:
        """What a browser sends from a page."""
        return self.call("POST", address, data=fields)

    def advance(self, seconds: int = 0, days: int = 0) -> None:
        self.control("/clock", seconds=seconds, days=days)

    def switch(self, **switches) -> None:
        assert self.call("PATCH", "/_control/switches", json=switches).status_code == 200

    def types(self) -> list[str]:
        """The types of all events, oldest first."""
        return [row["type"] for row in self.world.store.rows("event")]

    def events(self, kind: str) -> list[dict]:
        return self.world.store.rows("event", type=kind)

    def close(self) -> None:
        self._runner.run(self.world.sender.close())
        self._runner.run(self._client.aclose())
        self._runner.close()

    # -- people and plans ----------------------------------------------------------------------

    def price(self, amount: int = 7900, interval: str = "month", name: str = "Professional") -> dict:
        product = self.post("/products", name=name)
        return self.post(
            "/prices",
            product=product["id"],
            currency="brl",
            unit_amount=amount,
            recurring={"interval": interval},
        )

    def customer(self, card: str | None = "pm_card_visa", **more) -> dict:
        """A customer whose default payment method is that test card."""
        made = self.post("/customers", email="ana@example.com", name="Ana", **more)
        if card is None:
            return made
        method = self.post(f"/payment_methods/{card}/attach", customer=made["id"])
        settings = {"default_payment_method": method["id"]}
        return self.post(f"/customers/{made['id']}", invoice_settings=settings)

    def subscription(self, customer: dict | None = None, price: dict | None = None, **more) -> dict:
        customer, price = customer or self.customer(), price or self.price()
        return self.post("/subscriptions", customer=customer["id"], items=[{"price": price["id"]}], **more)

    def session(self, customer: dict | None = None, price: dict | None = None, **more) -> dict:
        """A checkout session for a subscription."""
        lines = [{"price": (price or self.price())["id"], "quantity": 1}]
        who = {"customer": customer["id"]} if customer else {}
        return self.post(
            "/checkout/sessions",
            mode="subscription",
            line_items=lines,
            success_url="http://shop/ok?session={CHECKOUT_SESSION_ID}",
            cancel_url="http://shop/plans",
            **who,
            **more,
        )

    def again(self, document: dict) -> dict:
        """The same object as it is now."""
        found = self.world.store.get(document["object"], document["id"])
        return json.loads(json.dumps(found))

    def invoice(self, subscription: dict) -> dict:
        """The subscription's latest invoice as it is now."""
        latest = self.again(subscription)["latest_invoice"]
        return self.get(f"/invoices/{latest}")

    def charge(self, customer: dict) -> dict:
        """The customer's last charge."""
        return self.get("/charges", customer=customer["id"], limit=1)["data"][0]


@dataclass
class Knock:
    """One POST a receiver got."""

    headers: dict[str, str]
    body: bytes


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
                receiver.knocks.append(Knock({key.lower(): text for key, text in self.headers.items()}, raw))
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

    def types(self) -> list[str]:
        return [json.loads(knock.body)["type"] for knock in self.knocks]
