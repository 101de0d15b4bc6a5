"""Sends webhooks: one event to every listener, retried on the virtual clock, unreliable on demand."""

import asyncio
import hmac
import random
import time
from datetime import timedelta
from urllib.parse import urlencode

import httpx

from pluggy_sandbox.deliveries import DELIVERED, GAVE_UP, LOST, Attempt, Delivery
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.items import Item
from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.state import Action, State
from pluggy_sandbox.webhooks import Webhooks

MAX_AT_ONCE = 20
KEPT_DELIVERIES = 5000


class Sender:
    """Owns the delivery log and the HTTP client of outgoing calls."""

    def __init__(self, state: State, webhooks: Webhooks) -> None:
        self._state, self._webhooks = state, webhooks
        self._dice = random.Random(f"webhooks:{state.seed}")
        self._log: dict[str, Delivery] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._client: httpx.AsyncClient | None = None
        self._slots = asyncio.Semaphore(MAX_AT_ONCE)

    # -- telling -------------------------------------------------------------------------------

    def emit(self, event: str, item: Item, **fields: object) -> None:
        """Tell every subscription, and the item's own address, that something happened to an item."""
        payload: Json = {"event": event, "eventId": self._state.ids.uuid(), "clientId": self._state.client_id}
        if event.startswith("item/"):
            payload["clientUserId"] = item.client_user_id
        else:
            payload["id"] = item.id
        payload |= {"itemId": item.id, **fields}
        if event == "transactions/created":
            payload |= self._links(fields)
        self.publish(payload, item_url=item.webhook_url)

    def publish(self, payload: Json, *, item_url: str | None = None) -> list[Delivery]:
        """Send a ready payload to all who listen to its event."""
        event = str(payload["event"])
        targets = [(webhook.url, webhook.id) for webhook in self._webhooks.listeners(event)]
        made = [self._deliver(url, webhook_id, payload) for url, webhook_id in targets]
        if item_url:
            made.append(self._deliver(item_url, None, payload))
        return made

    def _links(self, fields: Json) -> Json:
        query = urlencode(
            {"accountId": fields["accountId"], "createdAtFrom": fields["transactionsCreatedAtFrom"]}
        )
        newer = f"{self._state.base_url}/v2/transactions?{query}"
        if not self._state.switches.legacy_application:
            return {"createdTransactionsLink": newer}
        older = f"{self._state.base_url}/transactions?{query}"
        return {"createdTransactionsLink": older, "createdTransactionsLinkV2": newer}

    # -- the log -------------------------------------------------------------------------------

    def log(self) -> list[Delivery]:
        """Every delivery kept, oldest first."""
        return list(self._log.values())

    def resend(self, delivery_id: str) -> Delivery:
        """Send the same body, same eventId, once more; raises NotFound."""
        old = self._log.get(delivery_id)
        if old is None:
            raise NotFound("delivery")
        copy = self._new(old.url, old.webhook_id, old.payload)
        self._schedule(copy, 0)
        return copy

    def _deliver(self, url: str, webhook_id: str | None, payload: Json) -> Delivery:
        switches = self._state.switches
        first = self._new(url, webhook_id, payload)
        copies = [first, *(self._new(url, webhook_id, payload) for _ in range(switches.webhook_duplicates))]
        for delivery in copies:
            if self._dice.random() < switches.webhook_loss:
                delivery.state = LOST
                continue
            jitter = self._dice.random() * switches.webhook_shuffle_seconds
            self._schedule(delivery, switches.webhook_delay_seconds + jitter)
        return first

    def _new(self, url: str, webhook_id: str | None, payload: Json) -> Delivery:
        delivery = Delivery(
            id=self._state.ids.uuid(),
            url=url,
            payload=payload,
            created_at=self._state.now(),
            webhook_id=webhook_id,
        )
        self._log[delivery.id] = delivery
        while len(self._log) > KEPT_DELIVERIES:
            del self._log[next(iter(self._log))]
        return delivery

    # -- sending -------------------------------------------------------------------------------

    def _schedule(self, delivery: Delivery, delay: float) -> None:
        delivery.next_attempt_at = self._state.now() + timedelta(seconds=delay)
        self._state.after(delay, self._starter(delivery))

    def _starter(self, delivery: Delivery) -> Action:
        def begin() -> None:
            task = asyncio.get_running_loop().create_task(self._attempt(delivery))
            self._running.add(task)
            task.add_done_callback(self._running.discard)

        return begin

    async def _attempt(self, delivery: Delivery) -> None:
        webhook = self._webhooks.find(delivery.webhook_id)
        if delivery.webhook_id and (webhook is None or webhook.disabled_at):
            delivery.state, delivery.next_attempt_at = GAVE_UP, None
            return
        async with self._slots:
            attempt = await self._post(delivery, webhook.headers if webhook else {})
        wait = delivery.after_attempt(attempt)
        if wait is not None:
            self._schedule(delivery, wait.total_seconds())
        elif webhook and delivery.state == DELIVERED:
            webhook.given_up_in_a_row = 0
        elif webhook:
            webhook.given_up_in_a_row += 1
            limit = self._state.switches.webhook_disable_after
            if limit and webhook.given_up_in_a_row >= limit:
                webhook.disabled_at = webhook.updated_at = self._state.now()

    async def _post(self, delivery: Delivery, headers: dict[str, str]) -> Attempt:
        at, started = self._state.now(), time.monotonic()
        status, error, body = None, None, wire.encode(delivery.payload)
        try:
            answer = await self._http().post(
                delivery.url,
                content=body,
                headers={"content-type": "application/json", **headers, **self._signature(body)},
                timeout=self._state.switches.webhook_timeout_seconds,
            )
            status = answer.status_code
        except (httpx.HTTPError, httpx.InvalidURL) as failure:
            error = type(failure).__name__
        return Attempt(at, status, error, round((time.monotonic() - started) * 1000))

    def _signature(self, body: bytes) -> dict[str, str]:
        """The optional signature header: hexadecimal HMAC-SHA256 of the raw body."""
        secret = self._state.switches.webhook_signature_secret
        if secret is None:
            return {}
        return {
            self._state.switches.webhook_signature_header: hmac.new(
                secret.encode(), body, "sha256"
            ).hexdigest()
        }

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            self._client = httpx.AsyncClient(trust_env=False, headers={"user-agent": "pluggy-sandbox"})
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
