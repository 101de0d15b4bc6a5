"""A WebSocket client of RFC 6455 in a few lines, and the realtime process as it runs in production."""

import base64
import contextlib
import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from django.db import connection

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class Refused(Exception):
    """The handshake was answered with another status than 101."""


class Client:
    """One connection; `messages()` reads text frames as JSON."""

    def __init__(self, port: int, query: str, *, origin: str | None = None, path: str = "/ws") -> None:
        self.closed_with: int | None = None
        self._line = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._buffer = b""
        headers = [
            f"GET {path}?{query} HTTP/1.1",
            "Host: 127.0.0.1",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        ]
        headers += [f"Origin: {origin}"] if origin else []
        self._line.sendall("\r\n".join([*headers, "", ""]).encode())
        while b"\r\n\r\n" not in self._buffer:
            self._read()
        answer, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        status = answer.split(b" ")[1].decode()
        if status != "101":
            self._line.close()
            raise Refused(status)

    def receive(self, timeout: float = 15) -> dict[str, Any] | None:
        """The next message; None once the server has closed."""
        self._line.settimeout(timeout)
        while True:
            opcode, payload = self._frame()
            if opcode == TEXT:
                return json.loads(payload)
            if opcode == CLOSE:
                self.closed_with = struct.unpack("!H", payload[:2])[0] if payload else None
                return None

    def send(self, text: str) -> None:
        payload, key = text.encode(), os.urandom(4)
        masked = bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))
        self._line.sendall(bytes([0x80 | TEXT, 0x80 | len(payload)]) + key + masked)

    def close(self) -> None:
        self._line.close()

    def _frame(self) -> tuple[int, bytes]:
        first, second = self._take(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack("!H", self._take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self._take(8))
        return first & 0x0F, self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            self._read()
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken

    def _read(self) -> None:
        received = self._line.recv(65536)
        if not received:
            raise ConnectionError("the server hung up")
        self._buffer += received


@contextlib.contextmanager
def realtime_process(**variables: str) -> Iterator[int]:
    """The process on the test's own database, as `financehub up` starts it; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--interface", "asgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    options += ["--workers-kill-timeout", "8"]  # a socket that a test left open may hold a worker back
    command = [sys.executable, "-m", "granian", *options, "financehub.config.asgi:application"]
    environment = {**os.environ, "DATABASE_URL": database_url(), "FINANCEHUB_PUBLIC_URL": "http://hub.test"}
    process = subprocess.Popen(command, env={**environment, **variables})
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=15)


def database_url() -> str:
    """The address of the database these tests run in."""
    words = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{words['NAME']}"
    return f"postgresql://{words['USER']}:{words['PASSWORD']}@/{words['NAME']}?host={words['HOST']}"


def health(port: int) -> tuple[int, dict[str, Any]]:
    """What the process says of itself over HTTP."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the realtime process ended"
        with contextlib.suppress(OSError):
            health(port)
            return
        time.sleep(0.1)
    raise AssertionError("the realtime process does not answer")
