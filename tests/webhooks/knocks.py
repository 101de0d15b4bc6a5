"""Knocking at the webhook door as Pluggy does, and bodies of its events."""

import json
import uuid
from typing import Any

from django.test import Client

SECRET = "a-secret-of-the-tests"
URL = "/api/webhooks/pluggy"
ITEM = "5f1c8a64-0f5e-4c0e-9d61-1c4f2a9d7e01"


def body(event: str = "item/updated", **fields: Any) -> dict[str, Any]:
    """An event about ITEM, with a fresh eventId unless one is given."""
    return {"event": event, "eventId": str(uuid.uuid4()), "itemId": ITEM, **fields}


def knock(content: object, *, url: str = URL, secret: str | None = SECRET, **headers: Any) -> Any:
    """POST `content` (JSON, or bytes as they are) with the secret header; the answer."""
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    if secret is not None:
        headers["HTTP_X_WEBHOOK_SECRET"] = secret
    headers.setdefault("content_type", "application/json")
    return Client().post(url, data=raw, **headers)
