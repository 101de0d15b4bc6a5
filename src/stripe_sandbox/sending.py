"""Sends events to the webhook endpoints: signed, retried on the virtual clock, unreliable on demand."""

import asyncio
import random
from typing import Protocol

import httpx
import msgspec

from stripe_sandbox.deliveries import DELIVERED, LOST, PENDING, Attempt, Delivery
from stripe_sandbox.errors import NoSuchObject
from stripe_sandbox.shapes import Json
from stripe_sandbox.signing import distorted, signed
from stripe_sandbox.store import Store
from stripe_sandbox.switches import Switches

MAX_AT_ONCE = 20
KEPT_DELIVERIES = 20_000
ROLLED_SECRET_SECONDS = 86_400


class Surroundings(Protocol):
    """What sending needs of the world."""

    store: Store
    switches: Switches

    def now(self, customer: object = None) -> int: ...
    def later(self, moment: int, job: str, subject: str, customer: object = None) -> None: ...
    def new_id(self, prefix: str) -> str: ...


class Sender:
    """Owns the delivery log and the HTTP client of outgoing calls."""

    def __init__(self, world: Surroundings, seed: int) -> None:
        self._world = world
        self._dice = random.Random(f"webhooks:{seed}")
        self._log: dict[str, Delivery] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._client: httpx.AsyncClient | None = None
        self._slots = asyncio.Semaphore(MAX_AT_ONCE)

    def listeners(self, event_type: str) -> list[Json]:
        """The enabled endpoints that asked for this type."""
        return [
            row
            for row in self._world.store.rows("webhook_endpoint", status="enabled")
            if "*" in row["enabled_events"] or event_type in row["enabled_events"]
        ]

    def dispatch(self, event: Json) -> None:
        """Plan the deliveries of a new event, as reliable as the switches say."""
        switches = self._world.switches
        for endpoint in self.listeners(event["type"]):
            for _ in range(1 + switches.webhook_duplicates):
                delivery = self._new(endpoint, event)
                if self._dice.random() < switches.webhook_loss:
                    delivery.state = LOST
                    continue
                wait = switches.webhook_delay_seconds + self._dice.random() * switches.webhook_shuffle_seconds
                self._plan(delivery, int(wait))

    def twin_wanted(self) -> bool:
        return self._dice.random() < self._world.switches.webhook_twins

    def _new(self, endpoint: Json, event: Json) -> Delivery:
        shown = {**event, "api_version": endpoint["api_version"] or event["api_version"]}
        made = Delivery(
            id=self._world.new_id("dlv"), endpoint=endpoint["id"], event=shown, created=self._world.now()
        )
        self._log[made.id] = made
        while len(self._log) > KEPT_DELIVERIES:
            del self._log[next(iter(self._log))]
        return made

    def _plan(self, delivery: Delivery, wait: int) -> None:
        delivery.next_attempt = self._world.now() + wait
        self._world.later(delivery.next_attempt, "deliver", delivery.id)

    def log(self) -> list[Delivery]:
        """Every delivery kept, oldest first."""
        return list(self._log.values())

    def undelivered(self) -> set[str]:
        """The ids of events of which some delivery is pending, lost or given up."""
        return {one.event["id"] for one in self._log.values() if one.state != DELIVERED}

    def resend(self, delivery_id: str) -> Delivery:
        """Send the same event to the same endpoint once more; raises NoSuchObject."""
        old = self._log.get(delivery_id)
        if old is None:
            raise NoSuchObject("delivery", delivery_id)
        endpoint = self._world.store.get("webhook_endpoint", old.endpoint)
        copy = self._new(endpoint, old.event)
        self._plan(copy, 0)
        return copy

    def begin(self, delivery_id: str) -> None:
        """The moment of an attempt has come."""
        delivery = self._log.get(delivery_id)
        if delivery is not None and delivery.state == PENDING:
            task = asyncio.get_running_loop().create_task(self._attempt(delivery))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _attempt(self, delivery: Delivery) -> None:
        endpoint = self._world.store.find("webhook_endpoint", delivery.endpoint)
        if endpoint is None or endpoint["status"] != "enabled":
            delivery.state, delivery.next_attempt = LOST, None
            return
        async with self._slots:
            attempt = await self._post(delivery, endpoint)
        wait = delivery.after_attempt(attempt)
        if wait is not None:
            self._plan(delivery, wait)
        self._count_down(delivery)

    def _count_down(self, delivery: Delivery) -> None:
        event = self._world.store.find("event", delivery.event["id"])
        if event is not None and delivery.state == DELIVERED:
            event["pending_webhooks"] = max(0, event["pending_webhooks"] - 1)

    def secrets(self, endpoint: Json) -> list[str]:
        """The newest first; a rolled one signs for another day."""
        note = self._world.store.note(endpoint["id"])
        rolled = note.get("rolled_at", 0) + ROLLED_SECRET_SECONDS > self._world.now()
        return [note["secret"], *([note["old_secret"]] if rolled and "old_secret" in note else [])]

    async def _post(self, delivery: Delivery, endpoint: Json) -> Attempt:
        at, distortion = self._world.now(), self._distortion(delivery)
        secrets = self.secrets(endpoint)
        if distortion:
            body, signature = distorted(distortion, delivery.event, secrets)
        else:
            body = msgspec.json.encode(delivery.event)
            signature = signed(body, secrets)
        headers = {"content-type": "application/json; charset=utf-8", "stripe-signature": signature}
        try:
            timeout = self._world.switches.webhook_timeout_seconds
            answer = await self._http().post(endpoint["url"], content=body, headers=headers, timeout=timeout)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Attempt(at, None, type(error).__name__, distortion)
        return Attempt(at, answer.status_code, None, distortion)

    def _distortion(self, delivery: Delivery) -> str | None:
        """Only a first attempt is wrong: the retries repair what was lost by it."""
        switches = self._world.switches
        wanted = switches.webhook_distortion is not None and not delivery.attempts
        return (
            switches.webhook_distortion
            if wanted and self._dice.random() < switches.webhook_distortion_chance
            else None
        )

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            agent = "Stripe/1.0 (+https://stripe.com/docs/webhooks)"
            self._client = httpx.AsyncClient(trust_env=False, headers={"user-agent": agent})
        return self._client

    async def settle(self, at_most: float) -> None:
        """Wait, at most so many real seconds, until no POST is under way."""
        if self._running:
            await asyncio.wait(set(self._running), timeout=at_most)

    async def close(self) -> None:
        """Abandon what is under way and let go of the connections."""
        for task in set(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._client:
            await self._client.aclose()
            self._client = None
