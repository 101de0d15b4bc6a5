"""The Bot API's way of speaking HTTP: forms and files in, `{ok, result}` or `{ok, error_code, …}` out."""

import json
from collections.abc import Callable
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qsl

Answer = Callable[[str, str, dict[str, Any]], Any]  # token, method, parameters


class Refused(Exception):
    """The Bot API says no."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def handler_of(answer: Answer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            _, token, method = self.path.split("/", 2)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            given = _given(self.headers.get("Content-Type", ""), body)
            try:
                result = answer(token.removeprefix("bot"), method, given)
                self._reply(200, {"ok": True, "result": result})
            except Refused as refusal:
                told = {"ok": False, "error_code": refusal.code, "description": refusal.description}
                if refusal.parameters:
                    told["parameters"] = refusal.parameters
                self._reply(refusal.code, told)

        def _reply(self, status: int, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def _given(kind: str, body: bytes) -> dict[str, Any]:
    """The parameters of a call: form fields, JSON inside them, files as (name, content)."""
    if kind.startswith("multipart/"):
        parsed = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
        fields = {}
        for part in parsed.get_payload():  # type: ignore[union-attr]
            name = str(part.get_param("name", header="content-disposition"))  # type: ignore[union-attr]
            content = part.get_payload(decode=True)  # type: ignore[union-attr]
            file = part.get_filename()  # type: ignore[union-attr]
            fields[name] = (file, content) if file else _value(content.decode())  # type: ignore[union-attr]
        return fields
    return {name: _value(text) for name, text in parse_qsl(body.decode(), keep_blank_values=True)}


def _value(text: str) -> Any:
    if text[:1] in {"{", "["}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
