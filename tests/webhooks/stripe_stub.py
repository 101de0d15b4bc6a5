"""A Stripe of a few lines for the calls about webhooks: endpoints in a dictionary, events in a list."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Stub:
    """What was made and asked; set `failing` to answer 503."""

    def __init__(self) -> None:
        self.endpoints: dict[str, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []
        self.asked: list[dict[str, list[str]]] = []
        self.failing = False
        self.url = ""

    def answer(self, method: str, path: str, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        if self.failing:
            return 503, {"error": {"type": "api_error", "code": "down"}}
        if path == "/v1/events":
            self.asked.append(form)
            wanted = [value for key, values in form.items() if key.startswith("types") for value in values]
            return 200, _list([event for event in self.events if event["type"] in wanted], path)
        key = path.removeprefix("/v1/webhook_endpoints").strip("/")
        if method == "GET":
            shown = [
                {name: value for name, value in one.items() if name != "secret"}
                for one in self.endpoints.values()
            ]
            return 200, _list(shown, path)
        if method == "DELETE":
            gone = self.endpoints.pop(key, None)
            missing = {"error": {"type": "invalid_request_error", "code": "resource_missing"}}
            return (
                (200, {"id": key, "object": "webhook_endpoint", "deleted": True}) if gone else (404, missing)
            )
        return 200, self._write(key, form)

    def _write(self, key: str, form: dict[str, list[str]]) -> dict[str, Any]:
        events = [
            value for name, values in form.items() if name.startswith("enabled_events") for value in values
        ]
        if not key:
            key = f"we_{len(self.endpoints) + 1}"
            fresh = {"id": key, "object": "webhook_endpoint", "secret": f"whsec_{key}"}
            self.endpoints[key] = {**fresh, "api_version": form["api_version"][0]}
        self.endpoints[key] |= {"url": form["url"][0], "enabled_events": events, "status": "enabled"}
        return self.endpoints[key]


def _list(data: list[dict[str, Any]], url: str) -> dict[str, Any]:
    return {"object": "list", "data": data, "has_more": False, "url": url}


@contextmanager
def running() -> Iterator[Stub]:
    """The stub on a free port of the loopback, for the block."""
    stub = Stub()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            parts = urlsplit(self.path)
            form = parse_qs(parts.query) | parse_qs(self.rfile.read(length).decode())
            status, body = stub.answer(self.command, parts.path, form)
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - names of http.server

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
