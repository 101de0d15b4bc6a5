"""Our subscription at Pluggy: one application webhook for every event, carrying our secret header."""

from dataclasses import dataclass

from django.conf import settings

from financehub.banking import pluggy
from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.shapes.webhooks import NewWebhook, Webhook, WebhookChanges
from financehub.webhooks.sources.pluggy import AUTHENTICITY_HEADER

ALL = "all"


@dataclass(frozen=True)
class Registration:
    """What was done: `created`, `repaired` or `unchanged`."""

    webhook_id: str
    outcome: str


def register_pluggy() -> Registration:
    """Create or repair the subscription of PLUGGY_WEBHOOK_URL. Raises NotConfigured, PluggyError."""
    url, headers = settings.PLUGGY_WEBHOOK_URL, _our_headers()
    if not url:
        raise NotConfigured("PLUGGY_WEBHOOK_URL is empty")
    client = pluggy.client()
    ours = [webhook for webhook in client.fetch_webhooks() if webhook.url == url and webhook.event == ALL]
    if not ours:
        created = client.create_webhook(NewWebhook(event=ALL, url=url, headers=headers))
        return Registration(created.id, "created")
    return _repair(client, ours[0], headers)


def _repair(client: PluggyClient, webhook: Webhook, headers: dict[str, str]) -> Registration:
    """The vendor's list may hide header values, so what cannot be compared is written again."""
    if webhook.disabled_at is None and webhook.headers == headers:
        return Registration(webhook.id, "unchanged")
    client.update_webhook(webhook.id, WebhookChanges(headers=headers, enabled=True))
    return Registration(webhook.id, "repaired")


def _our_headers() -> dict[str, str]:
    secrets = [secret for secret in settings.PLUGGY_WEBHOOK_SECRET if secret]
    if not secrets:
        raise NotConfigured("PLUGGY_WEBHOOK_SECRET is empty: the webhook door is shut")
    return {AUTHENTICITY_HEADER: secrets[0]}
