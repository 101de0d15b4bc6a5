"""Webhook subscriptions: where Pluggy sends its events, and with which secret headers."""

from msgspec import UNSET, UnsetType

from financehub.providers.pluggy.shapes.base import Moment, Record, Shape


class Webhook(Record, kw_only=True):
    """`headers` carry our secret: they are never shown or logged."""

    id: str
    url: str
    event: str
    disabled_at: Moment | None = None
    created_at: Moment | None = None
    updated_at: Moment | None = None
    headers: dict[str, str] | None = None


class NewWebhook(Shape, kw_only=True, omit_defaults=True):
    event: str
    url: str
    headers: dict[str, str] | None = None


class WebhookChanges(Shape, kw_only=True, omit_defaults=True):
    """Unset fields stay as they are; `headers` None clears them."""

    url: str | UnsetType = UNSET
    event: str | UnsetType = UNSET
    headers: dict[str, str] | UnsetType | None = UNSET
    enabled: bool | UnsetType = UNSET
