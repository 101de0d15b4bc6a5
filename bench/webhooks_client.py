"""The client of the webhook bench: keep-alive connections that post fresh events as fast as they are answered."""

import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from uuid import uuid4

CONNECTIONS = 16
SLICE = 250
EVENTS_OF_AN_ITEM = ("item/updated", "transactions/created")
HEAD = (
    "POST /api/webhooks/pluggy HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "X-Webhook-Secret: {secret}\r\nContent-Length: {length}\r\n\r\n"
)


def request(
    secret: str, event: str = "transactions/created", item_id: str | None = None
) -> tuple[str, bytes]:
    """A fresh event as bytes on the wire, with its id."""
    key = str(uuid4())
    body = json.dumps(
        {
            "event": event,
            "paymentIntentId": str(uuid4()),
            "eventId": key,
            "clientId": os.environ.get("PLUGGY_CLIENT_ID") or None,
            "itemId": item_id or str(uuid4()),
            "accountId": str(uuid4()),
            "triggeredBy": "SYNC",
            "transactionsCount": 3,
            "transactionsMinDate": "2026-11-01T03:00:00.000Z",
            "transactionsCreatedAtFrom": "2026-11-05T10:00:00.000Z",
            "createdTransactionsLink": "https://api.pluggy.ai/v2/transactions?accountId=22222222",
        }
    ).encode()
    return key, HEAD.format(secret=secret, length=len(body)).encode() + body


def alike(secret: str) -> Iterator[bytes]:
    """The same kind of event for ever."""
    while True:
        yield request(secret)[1]


def mixed(secret: str, items: list[str]) -> Iterator[bytes]:
    """Every second event is about one of the Items, every other about a payment of its own."""
    dice = random.Random(1)
    while True:
        yield request(secret, "payment_intent/completed")[1]
        yield request(secret, dice.choice(EVENTS_OF_AN_ITEM), dice.choice(items))[1]


class Load:
    """Posts events to one port over CONNECTIONS connections; remembers latencies, and what was accepted."""

    def __init__(self, port: int, events: Iterator[bytes]) -> None:
        self._port, self._events, self._left = port, events, 0
        self.latencies: list[float] = []
        self.accepted = self.failed = 0
        self.seconds = 0.0

    async def post(self, count: int) -> None:
        """So many more, as fast as they are answered."""
        self._left, started = count, time.perf_counter()
        await asyncio.gather(*(self._post_all() for _ in range(CONNECTIONS)))
        self.seconds += time.perf_counter() - started

    async def _post_all(self) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while self._left > 0:
            self._left -= 1
            raw = next(self._events)
            began = time.perf_counter()
            try:
                writer.write(raw)
                status = await answer(reader)
            except (OSError, asyncio.IncompleteReadError):
                self.failed += 1
                return
            self.latencies.append(time.perf_counter() - began)
            self.accepted += status == 202
            self.failed += status != 202
        writer.close()

    def told(self) -> dict[str, float]:
        """What came of it."""
        ordered = sorted(self.latencies)
        p99 = ordered[int(len(ordered) * 0.99) - 1] * 1000
        return {
            "accepted": self.accepted,
            "failed": self.failed,
            "seconds": self.seconds,
            "p99_ms": round(p99, 2),
        }


async def answer(reader: asyncio.StreamReader) -> int:
    """The status of one answer, its body read."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    lines = head.split("\r\n")
    lengths = [line.partition(":")[2] for line in lines if line.lower().startswith("content-length:")]
    await reader.readexactly(int(lengths[0]))
    return int(lines[0].split(" ")[1])


async def _post_in_turns(loads: list[Load], total: int) -> None:
    """In small slices, first one then the other, so that whatever else runs on the machine hits both."""
    for number in range(0, total, SLICE):
        for load in loads if number % (2 * SLICE) else loads[::-1]:
            await load.post(min(SLICE, total - number))


def main() -> None:
    """`TOTAL PORT...`: post so many events to each port in turns; print a JSON list in their order."""
    total, *given = sys.argv[1:]
    secret, items = os.environ["PLUGGY_WEBHOOK_SECRET"], os.environ.get("BENCH_ITEMS", "").split()
    loads = [Load(int(port), mixed(secret, items) if items else alike(secret)) for port in given]
    asyncio.run(_post_in_turns(loads, int(total)))
    print(json.dumps([load.told() for load in loads]))


if __name__ == "__main__":
    main()
