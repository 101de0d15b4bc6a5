"""Our subscriptions: one application webhook at Pluggy with our secret header, one endpoint at Stripe."""

from dataclasses import dataclass

from django.conf import settings

from financehub.banking import pluggy
from financehub.billing import keying
from financehub.core import clock
from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.shapes.webhooks import NewWebhook, Webhook, WebhookChanges
from financehub.providers.stripe.notifying import Endpoint
from financehub.webhooks import door_keys, stripe_account
from financehub.webhooks.handlers.stripe import ANSWERS as STRIPE_ANSWERS
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.sources.pluggy import AUTHENTICITY_HEADER, PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

ALL = "all"
STRIPE_EVENTS = sorted(STRIPE_ANSWERS)


@dataclass(frozen=True)
class Registration:
    """What was done: `created`, `repaired` or `unchanged`; in a check also `missing` and `broken`."""

    webhook_id: str
    outcome: str


def register_pluggy() -> Registration:
    """Create or repair the subscription of PLUGGY_WEBHOOK_URL. Raises NotConfigured, PluggyError."""
    url, headers = _pluggy_url(), _our_headers()
    client = pluggy.client()
    ours = _pluggy_webhook(client, url)
    if ours is None:
        created = client.create_webhook(NewWebhook(event=ALL, url=url, headers=headers))
        return Registration(created.id, "created")
    return _repair(client, ours, headers)


def check_pluggy() -> Registration:
    """How the subscription stands, changing nothing. Raises NotConfigured, PluggyError."""
    url = _pluggy_url()
    ours = _pluggy_webhook(pluggy.client(), url)
    if ours is None:
        return Registration("", "missing")
    return Registration(ours.id, "unchanged" if ours.disabled_at is None else "broken")


def _pluggy_url() -> str:
    if not settings.PLUGGY_WEBHOOK_URL:
        raise NotConfigured("PLUGGY_WEBHOOK_URL is empty")
    return str(settings.PLUGGY_WEBHOOK_URL)


def _pluggy_webhook(client: PluggyClient, url: str) -> Webhook | None:
    found = (webhook for webhook in client.fetch_webhooks() if webhook.url == url and webhook.event == ALL)
    return next(found, None)


def _repair(client: PluggyClient, webhook: Webhook, headers: dict[str, str]) -> Registration:
    """The vendor's list may hide header values, so what cannot be compared is written again."""
    if webhook.disabled_at is None and webhook.headers == headers:
        return Registration(webhook.id, "unchanged")
    client.update_webhook(webhook.id, WebhookChanges(headers=headers, enabled=True))
    return Registration(webhook.id, "repaired")


def _our_headers() -> dict[str, str]:
    secrets = door_keys.keys_of(PLUGGY, max_age=0).values
    if not secrets:
        raise NotConfigured("PLUGGY_WEBHOOK_SECRET is empty: the webhook door is shut")
    return {AUTHENTICITY_HEADER: secrets[0]}


def register_stripe() -> Registration:
    """Create or repair the endpoint of STRIPE_WEBHOOK_URL. Raises NotConfigured, StripeCallFailed.

    The secret of a new endpoint is told once, so it is kept here, sealed, before anybody is answered.
    """
    url, calls = stripe_url(), stripe_account.notifying()
    ours = _usable(calls.endpoints(), url)
    if ours is None:
        with keying.stored_key("webhook-endpoint", about=url) as key:
            created = calls.create_endpoint(url, STRIPE_EVENTS, key=key)
            keep_secret(created)
        return Registration(created.id, "created")
    if ours.status == "enabled" and sorted(ours.events) == STRIPE_EVENTS:
        return Registration(ours.id, "unchanged")
    with keying.stored_key("webhook-repair", about=ours.id) as key:
        calls.repair_endpoint(ours.id, url, STRIPE_EVENTS, key=key)
    return Registration(ours.id, "repaired")


def stripe_drift() -> list[str]:
    """How the endpoint differs from what we want, one sentence each. Raises NotConfigured, StripeCallFailed."""
    url = stripe_url()
    ours = _usable(stripe_account.notifying().endpoints(), url)
    if ours is None:
        return ["webhook endpoint: missing, of another version, or with a secret that nobody here knows"]
    missing = sorted(set(STRIPE_EVENTS) - set(ours.events))
    extra = sorted(set(ours.events) - set(STRIPE_EVENTS))
    found = [f"webhook endpoint: {ours.status}, not enabled"] if ours.status != "enabled" else []
    found += [f"webhook endpoint: lacks {', '.join(missing)}"] if missing else []
    return found + ([f"webhook endpoint: gets {', '.join(extra)} too"] if extra else [])


def check_stripe() -> Registration:
    """How the endpoint stands, changing nothing. Raises NotConfigured, StripeCallFailed."""
    url = stripe_url()
    ours = _usable(stripe_account.notifying().endpoints(), url)
    if ours is None:
        return Registration("", "missing")
    is_whole = ours.status == "enabled" and sorted(ours.events) == STRIPE_EVENTS
    return Registration(ours.id, "unchanged" if is_whole else "broken")


def keep_secret(endpoint: Endpoint) -> None:
    """Keep the secret of an endpoint that was just made."""
    at = clock.now()
    WebhookSecret.objects.create(
        source=STRIPE.name,
        fingerprint=door_keys.fingerprint(endpoint.secret),
        value=endpoint.secret,
        vendor_id=endpoint.id,
        created_at=at,
    )
    door_keys.forget()


def stripe_url() -> str:
    """Where Stripe should deliver. Raises NotConfigured."""
    if not settings.STRIPE_WEBHOOK_URL:
        raise NotConfigured("STRIPE_WEBHOOK_URL is empty")
    return str(settings.STRIPE_WEBHOOK_URL)


def _usable(endpoints: list[Endpoint], url: str) -> Endpoint | None:
    """Ours of the right version whose secret we can know: kept here, or given in the settings."""
    kept = set(WebhookSecret.objects.filter(source=STRIPE.name).values_list("vendor_id", flat=True))
    from_settings = any(STRIPE.settings_secrets())
    fitting = (
        endpoint
        for endpoint in endpoints
        if endpoint.url == url
        and endpoint.api_version == settings.STRIPE_API_VERSION
        and (endpoint.id in kept or from_settings)
    )
    return next(fitting, None)
