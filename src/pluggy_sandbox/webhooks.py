"""Webhook subscriptions: the rules of creation with the vendor's exact messages, and who hears what."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from pluggy_sandbox.clock import optional_stamp, stamp
from pluggy_sandbox.errors import Malformed, NotFound
from pluggy_sandbox.shapes import Json

MAX_PER_EVENT = 5
EVENTS = frozenset(
    [
        "all",
        "item/created",
        "item/updated",
        "item/error",
        "item/deleted",
        "item/waiting_user_input",
        "item/waiting_user_action",
        "item/login_succeeded",
        "connector/status_updated",
        "transactions/created",
        "transactions/updated",
        "transactions/deleted",
        "payment_intent/created",
        "payment_intent/completed",
        "payment_intent/waiting_payer_authorization",
        "payment_intent/error",
        "payment_request/updated",
        "scheduled_payment/created",
        "scheduled_payment/completed",
        "scheduled_payment/error",
        "scheduled_payment/canceled",
        "scheduled_payment/all_completed",
        "scheduled_payment/all_created",
        "boleto/updated",
        "automatic_pix_payment/created",
        "automatic_pix_payment/completed",
        "automatic_pix_payment/error",
        "automatic_pix_payment/canceled",
        "smart_transfer_preauthorization/completed",
        "smart_transfer_preauthorization/error",
        "smart_transfer_payment/completed",
        "smart_transfer_payment/error",
    ]
)
_INTERNAL_ENDINGS = (".localhost", ".local", ".internal")


@dataclass
class Webhook:
    """One subscription of the application."""

    id: str
    event: str
    url: str
    created_at: datetime
    updated_at: datetime
    headers: dict[str, str] = field(default_factory=dict)
    disabled_at: datetime | None = None
    given_up_in_a_row: int = 0

    def hears(self, event: str) -> bool:
        return self.disabled_at is None and self.event in ("all", event)

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "url": self.url,
            "event": self.event,
            "headers": self.headers,
            "disabledAt": optional_stamp(self.disabled_at),
            "createdAt": stamp(self.created_at),
            "updatedAt": stamp(self.updated_at),
        }


class Webhooks:
    """The subscriptions of the application, unique on (event, url), at most five per event."""

    def __init__(self) -> None:
        self._rows: dict[str, Webhook] = {}

    def all(self) -> list[Webhook]:
        return list(self._rows.values())

    def get(self, webhook_id: str) -> Webhook:
        webhook = self._rows.get(webhook_id)
        if webhook is None:
            raise NotFound("webhook")
        return webhook

    def find(self, webhook_id: str | None) -> Webhook | None:
        return self._rows.get(webhook_id or "")

    def add(self, webhook: Webhook) -> None:
        """Keep a new subscription; raises Malformed when it is one too many or a repetition."""
        self.check_place(webhook.event, webhook.url, except_for=None)
        self._rows[webhook.id] = webhook

    def remove(self, webhook_id: str) -> None:
        self.get(webhook_id)
        del self._rows[webhook_id]

    def listeners(self, event: str) -> Iterable[Webhook]:
        return [webhook for webhook in self._rows.values() if webhook.hears(event)]

    def check_place(self, event: str, url: str, *, except_for: str | None) -> None:
        """Raise Malformed when another subscription stands in the way of (event, url)."""
        others = [row for row in self._rows.values() if row.event == event and row.id != except_for]
        if any(row.url == url for row in others):
            raise Malformed(f"A webhook for event '{event}' and url '{url}' already exists.")
        if len(others) >= MAX_PER_EVENT:
            raise Malformed(f"You have reached the maximum of {MAX_PER_EVENT} webhooks for event '{event}'.")


def check_event(event: object) -> str:
    if not isinstance(event, str) or event not in EVENTS:
        raise Malformed(f"Invalid event type '{event}' for webhook")
    return event


async def check_url(url: object, *, strictly: bool) -> str:
    """The url, if it may be a target; `strictly` adds https, public names and DNS."""
    parts = urlsplit(url if isinstance(url, str) else "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Malformed("Webhook url must be valid URL address and not localhost")
    if strictly:
        await _check_public(parts.scheme, parts.hostname)
    return str(url)


async def _check_public(scheme: str, host: str) -> None:
    if scheme != "https":
        raise Malformed("Webhook url must be a https secured url")
    if _is_ip(host):
        raise Malformed("Webhook url host can't be an IP address")
    if host == "localhost" or host.endswith(_INTERNAL_ENDINGS):
        raise Malformed("Webhook url host can't be localhost or a reserved/internal name")
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except socket.gaierror:
        raise Malformed("Webhook url host could not be resolved") from None
    if any(not ipaddress.ip_address(address[4][0]).is_global for address in found):
        raise Malformed("Webhook url can't resolve to a private, loopback, link-local or reserved address")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
