"""The simulator as a program, and a client's page with the official widget on another loopback port."""

import json
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from playwright.sync_api import Frame, Page

WIDGET = Path("src/financehub/web/static/vendor/pluggy-connect/pluggy-connect.js")
CPF = {"ok": "761.092.776-73", "two approvals": "238.242.640-30", "rejected": "051.177.670-55"}

HOST_SCRIPT = """
import { PluggyConnect } from "/pluggy-connect.js";
window.heard = [];
window.connect = (props) => {
  window.widget = new PluggyConnect({ ...props, includeSandbox: true,
    onSuccess: ({ item }) => heard.push(["success", item.id, item.status]),
    onError: ({ message, data }) => heard.push(["error", message, data?.item?.executionStatus ?? null]),
    onEvent: ({ event, timestamp, connector, item }) =>
      heard.push(["event", event, typeof timestamp, connector?.id ?? item?.id ?? null]),
    onOpen: () => heard.push(["open"]), onClose: () => heard.push(["close"]), onHide: () => heard.push(["hide"]) });
  return window.widget.init();
};
document.body.dataset.ready = "yes";
"""


class Simulator:
    """A running `pluggy-sandbox` on a free port, its clock running."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "pluggy_sandbox", "--port", "0"]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.url: str = told["url"]
        self._keys = {"clientId": told["clientId"], "clientSecret": told["clientSecret"]}

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def control(self, method: str, path: str, body: dict | None = None):
        answer = httpx.request(method, f"{self.url}/_control/{path}", json=body, timeout=30)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def reset(self) -> None:
        self.control("POST", "reset", {})

    def advance(self, seconds: float) -> None:
        self.control("POST", "clock", {"seconds": seconds})

    def hurry(self) -> None:
        """Let the run that a page has just begun, or resumed, come to its end (or to its next question) at once."""
        deadline = time.monotonic() + 10
        while not any(item["status"] == "UPDATING" for item in self.items()):
            assert time.monotonic() < deadline, "no run has begun"
            time.sleep(0.05)
        self.advance(4)

    def api(self, method: str, path: str, body: dict | None = None):
        key = httpx.post(f"{self.url}/auth", json=self._keys).json()["apiKey"]
        answer = httpx.request(method, self.url + path, json=body, headers={"X-API-KEY": key})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def token(self, item_id: str | None = None, **options: object) -> str:
        body = {"options": options, **({"itemId": item_id} if item_id else {})}
        return self.api("POST", "/connect_token", body)["accessToken"]

    def subscribe(self, event: str, url: str) -> None:
        key = httpx.post(f"{self.url}/auth", json=self._keys).json()["apiKey"]
        answer = httpx.post(
            f"{self.url}/webhooks", json={"event": event, "url": url}, headers={"X-API-KEY": key}
        )
        assert answer.status_code in (200, 201), answer.text

    def items(self) -> list[dict]:
        return self.control("GET", "items")

    def connected(self, user: str = "user-ok", connector_id: int = 2) -> dict:
        """An item whose first run has ended, made without any page."""
        parameters = {"user": user, "password": "password-ok"}
        item = self.api("POST", "/items", {"connectorId": connector_id, "parameters": parameters})
        self.advance(4)
        return self.api("GET", f"/items/{item['id']}")


class Host:
    """A client's page under the strict policy that Finance Hub's own Conectar page has."""

    def __init__(self, connect_url: str) -> None:
        policy = f"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; frame-src {connect_url}"
        files = {
            "/": (
                "text/html",
                b"<!doctype html><title>host</title><body><h1>Client</h1><script type=module src=/host.js></script>",
            ),
            "/host.js": ("text/javascript", HOST_SCRIPT.encode()),
            "/pluggy-connect.js": ("text/javascript", WIDGET.read_bytes()),
        }

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = files.get(self.path, ("text/plain", b""))
                self.send_response(200 if self.path in files else 404)
                self.send_header("content-type", kind)
                self.send_header("content-security-policy", policy)
                self.send_header("cross-origin-opener-policy", "same-origin")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()
        self._connect_url = connect_url

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def open(self, page: Page, token: str, **props: object) -> Frame:
        """The client's page with the widget open; answers the frame of the Connect page inside."""
        page.goto(f"http://127.0.0.1:{self._server.server_port}/")
        page.wait_for_selector("body[data-ready]", state="attached")
        page.evaluate("props => connect(props)", {"connectToken": token, "url": self._connect_url, **props})
        frame = next(frame for frame in page.frames if frame.url.startswith(self._connect_url))
        frame.wait_for_selector("h1")
        return frame


def heard(page: Page, kind: str) -> list[list]:
    """What the client's callbacks of one kind were given, in order."""
    return [entry[1:] for entry in page.evaluate("heard") if entry[0] == kind]


def await_heard(page: Page, kind: str) -> list[list]:
    """Wait for the first callback of a kind. (The page's policy forbids Playwright's own waiting, which evals.)"""
    for _ in range(300):
        if found := heard(page, kind):
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"no {kind} among {page.evaluate('heard')}")


def choose(view: Page | Frame, connector_id: int) -> None:
    """From the welcome to the form of one institution."""
    view.locator(".foot .button").click()
    view.locator(f'[data-connector="{connector_id}"]').click()
    view.wait_for_selector("form")


def sign_in(view: Page | Frame, user: str = "user-ok", password: str = "password-ok") -> None:
    view.fill("#field-user", user)
    view.fill("#field-password", password)
    view.locator(".foot .button").click()


def press(view: Page | Frame, words: str) -> None:
    view.get_by_role("button", name=words, exact=True).click()
