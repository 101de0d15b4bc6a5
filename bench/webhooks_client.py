"""The client of the webhook bench: keep-alive connections that post fresh events as fast as they are answered."""

import asyncio
import json
import os
import sys
import time
from uuid import uuid4

CONNECTIONS = 16
EVENT = os.environ.get("BENCH_EVENT", "transactions/created")
HEAD = (
    "POST /api/webhooks/pluggy HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "X-Webhook-Secret: {secret}\r\nContent-Length: {length}\r\n\r\n"
)


def request(secret: str) -> tuple[str, bytes]:
    """A fresh event as bytes on the wire, with its id."""
    key = str(uuid4())
    body = json.dumps(
        {
            "event": EVENT,
            "paymentIntentId": str(uuid4()),
            "eventId": key,
            "clientId": os.environ.get("PLUGGY_CLIENT_ID") or None,
            "itemId": str(uuid4()),
            "accountId": str(uuid4()),
            "triggeredBy": "SYNC",
            "transactionsCount": 3,
            "transactionsMinDate": "2026-11-01T03:00:00.000Z",
            "transactionsCreatedAtFrom": "2026-11-05T10:00:00.000Z",
            "createdTransactionsLink": "https://api.pluggy.ai/v2/transactions?accountId=22222222",
        }
    ).encode()
    return key, HEAD.format(secret=secret, length=len(body)).encode() + body


class Load:
    """Posts `total` events over CONNECTIONS connections; remembers ids that were accepted, and latencies."""

    def __init__(self, port: int, secret: str, total: int) -> None:
        self._port, self._secret, self._left = port, secret, total
        self.latencies: list[float] = []
        self.accepted: list[str] = []
        self.failed = 0

    async def run(self) -> float:
        """Seconds it took."""
        started = time.perf_counter()
        await asyncio.gather(*(self._post_all() for _ in range(CONNECTIONS)))
        return time.perf_counter() - started

    async def _post_all(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while self._left > 0:
            self._left -= 1
            key, raw = request(self._secret)
            began = time.perf_counter()
            try:
                writer.write(raw)
                status = await answer(reader)
            except (OSError, asyncio.IncompleteReadError):
                self.failed += 1
                return
            self.latencies.append(time.perf_counter() - began)
            if status == 202:
                self.accepted.append(key)
            else:
                self.failed += 1
        writer.close()


async def answer(reader: asyncio.StreamReader) -> int:
    """The status of one answer, its body read."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = head.split("\r\n")
    lengths = [line.partition(":")[2] for line in lines if line.lower().startswith("content-length:")]
    await reader.readexactly(int(lengths[0]))
    return int(lines[0].split(" ")[1])


def main() -> None:
    """Post and print one JSON object."""
    port, total = int(sys.argv[1]), int(sys.argv[2])
    load = Load(port, os.environ["PLUGGY_WEBHOOK_SECRET"], total)
    seconds = asyncio.run(load.run())
    ordered = sorted(load.latencies)
    print(
        json.dumps(
            {
                "accepted": len(load.accepted),
                "failed": load.failed,
                "seconds": seconds,
                "p99_ms": round(ordered[int(len(ordered) * 0.99) - 1] * 1000, 2),
                "ids": load.accepted if "--ids" in sys.argv else [],
            }
        )
    )


if __name__ == "__main__":
    main()
