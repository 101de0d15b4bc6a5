"""Pluggy as a source: our shared secret comes back in a header that we set ourselves at registration."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings

from financehub.providers.pluggy.signatures import has_signature
from financehub.webhooks.notices import Headers, Notice, Secrets, Source, as_text, as_uuid

AUTHENTICITY_HEADER = "X-Webhook-Secret"
OBJECTS = {
    "itemId": "item",
    "connectorId": "connector",
    "paymentRequestId": "payment_request",
    "smartTransferPreauthorizationId": "smart_transfer",
    "paymentIntentId": "payment_intent",
    "boletoId": "boleto",
}
LARGEST_CONNECTOR_ID = 2**31


def proving(headers: Headers, body: bytes, secrets: Secrets) -> str | None:
    """The active secret the sender knows; where we expect an HMAC of the body as well, that must be right too."""
    given = (headers.get(AUTHENTICITY_HEADER) or "").encode()
    matches = [secret for secret in secrets if secret and hmac.compare_digest(given, secret.encode())]
    return matches[0] if matches and _is_signed(headers, body) else None


def _is_signed(headers: Headers, body: bytes) -> bool:
    keys = settings.PLUGGY_WEBHOOK_SIGNATURE_SECRET
    if not keys:
        return True
    sent = headers.get(settings.PLUGGY_WEBHOOK_SIGNATURE_HEADER)
    return has_signature(body, sent, keys, settings.PLUGGY_WEBHOOK_SIGNATURE_ENCODING)


def read(body: Mapping[str, object]) -> Notice:
    """The names in a body: `event`, `eventId` (some senders leave it out), and the object it is about."""
    return Notice(
        type=as_text(body.get("event")),
        external_id=as_text(body.get("eventId")),
        object_key=_object_key(body),
        body=body,
    )


def oddity_of(notice: Notice, _at: datetime) -> str:
    """An event of another application waits for a person; some events name no application."""
    client_id = notice.body.get("clientId")
    ours = settings.PLUGGY_CLIENT_ID
    return "another clientId" if ours and client_id is not None and client_id != ours else ""


def _object_key(body: Mapping[str, object]) -> str:
    keys = (_key(kind, body.get(field)) for field, kind in OBJECTS.items())
    return next(filter(None, keys), "")


def _key(kind: str, value: object) -> str:
    if isinstance(value, int) and 0 < value < LARGEST_CONNECTOR_ID:
        return f"{kind}:{int(value)}"
    object_id = as_uuid(value)
    return f"{kind}:{object_id}" if object_id else ""


def _fingerprint(body: bytes, _notice: Notice) -> str:
    return hashlib.sha256(body).hexdigest()


PLUGGY = Source(
    name="pluggy",
    refusal_status=401,
    settings_secrets=lambda: settings.PLUGGY_WEBHOOK_SECRET,
    addresses=lambda: settings.PLUGGY_WEBHOOK_ADDRESSES,
    proving=proving,
    is_fresh=lambda _headers, _at: True,  # Pluggy signs no time and repeats hours later
    read=read,
    fault_of=lambda _notice, _at: "",
    oddity_of=oddity_of,
    fingerprint=_fingerprint,
)
