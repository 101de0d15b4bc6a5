"""Stripe as a source: a signature over time and body, an envelope around the object that changed."""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec
from django.conf import settings

from financehub.providers.stripe import signatures
from financehub.webhooks.notices import Headers, Notice, Secrets, Source, as_text

EVENT_ID = re.compile(r"evt_[A-Za-z0-9_]{1,110}", re.ASCII)
KEPT_BY_STRIPE = timedelta(days=30)
AHEAD = timedelta(seconds=signatures.TOLERANCE_SECONDS)
SNAPSHOT, THIN = "event", "v2.core.event"
LONGEST_KEY = 80
LIVE_KEYS = ("sk_live_", "rk_live_")
LAST_SECOND = 32_503_680_000  # the year 3000


def proving(headers: Headers, body: bytes, secrets: Secrets) -> str | None:
    """The secret that signed the raw bytes."""
    return signatures.proving_secret(body, headers.get(signatures.HEADER), secrets)


def is_fresh(headers: Headers, at: datetime) -> bool:
    """Signed within five minutes of now, in either direction."""
    return signatures.is_fresh(headers.get(signatures.HEADER), at.timestamp())


def read(body: Mapping[str, object]) -> Notice:
    """The envelope's names; events of one customer go one after the other."""
    return Notice(
        type=as_text(body.get("type")),
        external_id=as_text(body.get("id")),
        object_key=_object_key(body),
        body=body,
        vendor_at=created_at(body.get("created")),
    )


def created_at(value: object) -> datetime | None:
    """A time in Stripe's whole seconds, or in the text of a thin event; only one that a database can hold."""
    seconds = _seconds(value)
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None and 0 < seconds < LAST_SECOND else None


def _seconds(value: object) -> float | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    if parsed is None:
        return None
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()


def fault_of(notice: Notice, at: datetime) -> str:
    """What no event of Stripe's looks like; empty when it is well-formed."""
    body = notice.body
    if not EVENT_ID.fullmatch(notice.external_id):
        return "id"
    if notice.vendor_at is None or notice.vendor_at > at + AHEAD:
        return "created"
    if not isinstance(body.get("livemode"), bool):
        return "livemode"
    if body.get("object") == THIN:
        return ""
    return _fault_of_snapshot(body)


def _fault_of_snapshot(body: Mapping[str, object]) -> str:
    data = body.get("data")
    if body.get("object") != SNAPSHOT:
        return "object"
    if not isinstance(data, dict) or not isinstance(data.get("previous_attributes", {}), dict):
        return "data"
    about = data.get("object")
    return "" if isinstance(about, dict) and isinstance(about.get("object"), str) else "data.object"


def oddity_of(notice: Notice, at: datetime) -> str:
    """Why this event is not for this deployment, or not for this code; empty when it is."""
    body = notice.body
    is_live = settings.STRIPE_SECRET_KEY.startswith(LIVE_KEYS)
    if body["livemode"] is not is_live:
        return "live event in test mode" if body["livemode"] else "test event in live mode"
    if body.get("account") not in (None, settings.STRIPE_ACCOUNT_ID):
        return "another account"
    if body.get("object") == SNAPSHOT and body.get("api_version") != settings.STRIPE_API_VERSION:
        return "another API version"
    if notice.vendor_at is not None and notice.vendor_at < at - KEPT_BY_STRIPE:
        return "older than Stripe keeps events"
    return ""


def _object_key(body: Mapping[str, object]) -> str:
    data = body.get("data")
    about = data.get("object") if isinstance(data, dict) else None
    if not isinstance(about, dict):
        return ""
    customer = as_text(about.get("id" if about.get("object") == "customer" else "customer"))
    key = f"customer:{customer}" if customer else f"{as_text(about.get('object'))}:{as_text(about.get('id'))}"
    return key if key.isascii() and key.isprintable() and len(key) <= LONGEST_KEY else ""


def _fingerprint(_body: bytes, notice: Notice) -> str:
    """Of everything but `pending_webhooks`, which counts down between deliveries; in whatever order it was written."""
    lasting = {name: value for name, value in notice.body.items() if name != "pending_webhooks"}
    return hashlib.sha256(msgspec.json.encode(lasting, order="deterministic")).hexdigest()


STRIPE = Source(
    name="stripe",
    refusal_status=400,
    settings_secrets=lambda: settings.STRIPE_WEBHOOK_SECRET,
    addresses=lambda: settings.STRIPE_WEBHOOK_ADDRESSES,
    proving=proving,
    is_fresh=is_fresh,
    read=read,
    fault_of=fault_of,
    oddity_of=oddity_of,
    fingerprint=_fingerprint,
)
