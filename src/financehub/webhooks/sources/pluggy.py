"""Pluggy as a source: our shared secret comes back in a header that we set ourselves at registration."""

from collections.abc import Mapping

from django.conf import settings

from financehub.providers.pluggy.signatures import has_shared_secret
from financehub.webhooks.notices import Notice, Source, as_uuid

AUTHENTICITY_HEADER = "X-Webhook-Secret"
OBJECTS = {"itemId": "item", "connectorId": "connector", "paymentRequestId": "payment_request"}
LARGEST_CONNECTOR_ID = 2**31


def is_open() -> bool:
    """Whether the door may be used at all."""
    return any(settings.PLUGGY_WEBHOOK_SECRET)


def is_authentic(headers: Mapping[str, str], _body: bytes) -> bool:
    """Whether the sender knows one of the active secrets."""
    return has_shared_secret(headers.get(AUTHENTICITY_HEADER), settings.PLUGGY_WEBHOOK_SECRET)


def read(body: Mapping[str, object]) -> Notice:
    """The names in a body: `event`, `eventId` (some senders leave it out), and the object it is about."""
    return Notice(
        type=_text(body, "event"), external_id=_text(body, "eventId"), object_key=_object_key(body), body=body
    )


def _object_key(body: Mapping[str, object]) -> str:
    keys = (_key(kind, body.get(field)) for field, kind in OBJECTS.items())
    return next(filter(None, keys), "")


def _key(kind: str, value: object) -> str:
    if isinstance(value, int) and 0 < value < LARGEST_CONNECTOR_ID:
        return f"{kind}:{int(value)}"
    object_id = as_uuid(value)
    return f"{kind}:{object_id}" if object_id else ""


def _text(body: Mapping[str, object], field: str) -> str:
    value = body.get(field)
    return value if isinstance(value, str) else ""


PLUGGY = Source(name="pluggy", refusal_status=401, is_open=is_open, is_authentic=is_authentic, read=read)
