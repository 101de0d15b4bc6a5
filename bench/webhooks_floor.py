"""The floor of the webhook door: granian, Starlette, and one INSERT of the same row by asyncpg or raw sqlite3.

It verifies the secret, parses the body, seals it with the same key and answers 202; nothing else.
"""

import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg
import msgspec
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uuid_utils.compat import uuid7

from financehub.core.crypto import KeyRing

SECRET = os.environ["PLUGGY_WEBHOOK_SECRET"].encode()
URL = os.environ["DATABASE_URL"]
RING = KeyRing.parse(os.environ["FINANCEHUB_KEYS"])
POOL_SIZE = 16
THANKS = b'{"received": true, "duplicate": false}'
COLUMNS = (
    "id source external_id type object_key company_id body body_hash headers status attempts vendor_at"
    " received_at due_at lease_until handled_at last_error"
)
INTO = f"INSERT INTO webhooks_webhookevent ({COLUMNS.replace(' ', ', ')}) VALUES "
ONCE = " ON CONFLICT (source, external_id) DO NOTHING"
COUNT = len(COLUMNS.split())


class Postgres:
    """A pool of asyncpg connections."""

    async def open(self) -> None:
        host = URL.partition("host=")[2]
        name = URL.partition("@/")[2].partition("?")[0]
        self._pool = await asyncpg.create_pool(
            host=host, user="postgres", database=name, min_size=POOL_SIZE, max_size=POOL_SIZE
        )

    async def insert(self, values: tuple[object, ...]) -> None:
        marks = ", ".join(f"${number}" for number in range(1, COUNT + 1))
        async with self._pool.acquire() as connection:
            await connection.execute(f"{INTO}({marks}){ONCE}", *values)


class Sqlite:
    """One connection; every insert is a transaction of its own."""

    async def open(self) -> None:
        path = URL.removeprefix("sqlite:///").partition("?")[0]
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=10000"
        )

    async def insert(self, values: tuple[object, ...]) -> None:
        key, *rest = values
        written = [value.isoformat(" ") if isinstance(value, datetime) else value for value in rest]
        marks = ", ".join("?" * COUNT)
        self._connection.execute(f"{INTO}({marks}){ONCE}", (key.hex, *written))  # type: ignore[attr-defined]


database: Postgres | Sqlite = Postgres() if URL.startswith("postgresql") else Sqlite()


async def receive(request: Request) -> Response:
    """Verify, parse, insert, answer."""
    body = await request.body()
    if not hmac.compare_digest(request.headers.get("x-webhook-secret", "").encode(), SECRET):
        return Response(status_code=401)
    event = msgspec.json.decode(body, type=dict[str, object])
    await database.insert(_row(body, event, request))
    return Response(THANKS, status_code=202, media_type="application/json")


def _row(body: bytes, event: dict[str, object], request: Request) -> tuple[object, ...]:
    at = datetime.now(UTC)
    headers = {"Content-Type": request.headers.get("content-type")}
    digest = hashlib.sha256(body).hexdigest()
    names = ("pluggy", str(event["eventId"]), str(event["event"]), f"item:{event['itemId']}")
    key = uuid7()
    standing = ("received", 0, None, at, at, None, None, "")
    return (key, *names, None, RING.seal(body), digest, json.dumps(headers), *standing)


@asynccontextmanager
async def lifespan(_app: Starlette) -> AsyncIterator[None]:
    await database.open()
    yield


app = Starlette(routes=[Route("/api/webhooks/pluggy", receive, methods=["POST"])], lifespan=lifespan)


def main() -> None:
    """Serve on the port of the environment."""
    server = Server(
        "bench.webhooks_floor:app",
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.ASGI,
        log_level=LogLevels.warning,
    )
    server.serve()


if __name__ == "__main__":
    main()
