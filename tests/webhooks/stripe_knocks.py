"""Knocking at the webhook door as Stripe does, and bodies of its events."""

import json
import secrets
from datetime import datetime
from typing import Any

from django.test import Client

from financehub.core import clock
from financehub.providers.stripe.signatures import sign

STRIPE_SECRET = "whsec_of_the_tests"
STRIPE_URL = "/api/webhooks/stripe"
VERSION = "2026-10-28.endive"


def stripe_body(event: str = "invoice.paid", **fields: Any) -> dict[str, Any]:
    """An event about one object of a customer, with a fresh id unless one is given."""
    about = {"id": "in_1", "object": event.rpartition(".")[0], "customer": "cus_1", "currency": "brl"}
    return {
        "id": f"evt_{secrets.token_hex(12)}",
        "object": "event",
        "api_version": VERSION,
        "created": int(clock.now().timestamp()),
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": event,
        "data": {"object": about},
        **fields,
    }


def signed_header(raw: bytes, *, secret: str = STRIPE_SECRET, at: datetime | None = None) -> str:
    """The header that Stripe sends with these bytes."""
    return sign(raw, secret, int((at or clock.now()).timestamp()))


def stripe_knock(content: object, *, header: str | None = None, **more: Any) -> Any:
    """POST `content` (JSON, or bytes as they are) signed, unless another header is given; the answer."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    signature = signed_header(raw) if header is None else header
    if signature:
        more["HTTP_STRIPE_SIGNATURE"] = signature
    more.setdefault("content_type", "application/json")
    return Client().post(STRIPE_URL, data=raw, **more)
