"""A stored event with any field as the story needs it."""

import hashlib
import json
from typing import Any

from tests.webhooks.knocks import body

from financehub.core import clock
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.sources.pluggy import PLUGGY


def make_event(content: dict[str, Any] | None = None, **fields: Any) -> WebhookEvent:
    """An event as the door stores it, with `content` as its body."""
    content = content or body("boleto/updated")
    notice, text, at = PLUGGY.read(content), json.dumps(content), clock.now()
    values: dict[str, Any] = {
        "source": "pluggy",
        "external_id": notice.external_id,
        "type": notice.type,
        "object_key": notice.object_key,
        "body": text,
        "body_hash": hashlib.sha256(text.encode()).hexdigest(),
        "received_at": at,
        "due_at": at,
        "vendor_at": notice.vendor_at,
    }
    return WebhookEvent.objects.create(**{**values, **fields})
