"""A new secret for a door, with the old one valid beside it until the vendor proves the new one, or for 24 hours."""

import secrets
import time
from datetime import datetime

from django.db.models import Q

from financehub.audit.recording import Actor, Target, record
from financehub.billing import keying
from financehub.core import clock
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import door_keys, registering, stripe_account
from financehub.webhooks.models import WebhookSecret
from financehub.webhooks.notices import Source
from financehub.webhooks.registering import Registration
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

SECRET_BYTES = 32


def rotate(source_name: str, *, by: Actor) -> Registration:
    """Make a new secret and give it to the vendor. Raises NotConfigured and the vendor's errors."""
    rotations = {PLUGGY.name: _rotate_pluggy, STRIPE.name: _rotate_stripe}
    return rotations[source_name](by)


def _rotate_pluggy(by: Actor) -> Registration:
    """Every process must know the new secret before Pluggy sends it: a 401 is never tried again.

    The old one ends only once Pluggy took the new one; perhaps it never heard of it.
    """
    registering.check_pluggy()  # whatever is missing shows before anything is changed
    door_keys.note_settings(PLUGGY)
    value, at = secrets.token_urlsafe(SECRET_BYTES), clock.now()
    row = WebhookSecret.objects.create(
        source=PLUGGY.name, fingerprint=door_keys.fingerprint(value), value=value, created_at=at
    )
    door_keys.forget()
    time.sleep(door_keys.READ_AGAIN_SECONDS)
    registration = registering.register_pluggy()
    _end_older(PLUGGY, row, at)
    door_keys.forget()
    record("webhooks.secret_rotated", by=by, on=Target("webhook_secret", row.pk), company_id=None)
    return registration


def _rotate_stripe(by: Actor) -> Registration:
    """A second endpoint with its own secret; both deliver for a while, and an event is one row anyhow."""
    door_keys.note_settings(STRIPE)
    url, events = registering.stripe_url(), registering.STRIPE_EVENTS
    with keying.stored_key("webhook-rotation", about=url) as key:
        created = stripe_account.notifying().create_endpoint(url, events, key=key)
        registering.keep_secret(created)
    row = WebhookSecret.objects.get(source=STRIPE.name, fingerprint=door_keys.fingerprint(created.secret))
    _end_older(STRIPE, row, clock.now())
    door_keys.forget()
    record("webhooks.secret_rotated", by=by, on=Target("webhook_secret", row.pk), company_id=None)
    return Registration(created.id, "created")


def _end_older(source: Source, newest: WebhookSecret, at: datetime) -> None:
    older = WebhookSecret.objects.filter(source=source.name).exclude(pk=newest.pk)
    end = at + door_keys.OVERLAP
    older.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=end)).update(expires_at=end)


def retire() -> int:
    """Delete the Stripe endpoints whose secret has ended, and forget values nobody may use; how many."""
    ended = WebhookSecret.objects.filter(expires_at__lte=clock.now(), value__isnull=False)
    count = 0
    for secret in ended:
        if secret.vendor_id and not _endpoint_is_gone(secret.vendor_id):
            continue
        count += WebhookSecret.objects.filter(pk=secret.pk).update(value=None)
    return count


def _endpoint_is_gone(endpoint_id: str) -> bool:
    if not stripe_account.is_configured():
        return True
    try:
        stripe_account.notifying().delete_endpoint(endpoint_id)
    except StripeCallFailed:
        return False  # the next sweep tries again
    return True
