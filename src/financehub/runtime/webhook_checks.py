"""The check-up of the webhook doors: subscriptions at the vendors, secrets and their age, what waits."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import DatabaseError

from financehub.core.errors import DomainError
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.runtime.findings import Finding, note, ok, problem
from financehub.webhooks import door_keys, measuring, registering, stripe_account
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.notices import Source
from financehub.webhooks.registering import Registration
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

LATE_SECONDS = 300


def look() -> Iterator[Finding]:
    """Subscriptions, secrets, and the inbox; only of vendors that are on."""
    try:
        if settings.PLUGGY_CLIENT_ID and settings.PLUGGY_WEBHOOK_URL:
            yield _subscription("pluggy", registering.check_pluggy)
            yield from _secrets(PLUGGY)
        if stripe_account.is_configured():
            yield from _stripe()
        yield _inbox()
    except DatabaseError as error:
        yield problem("events", type(error).__name__, "check the database first")


def _stripe() -> Iterator[Finding]:
    if not settings.STRIPE_WEBHOOK_URL:
        yield note("stripe", "no STRIPE_WEBHOOK_URL: events are asked for every hour")
        return
    yield _subscription("stripe", registering.check_stripe)
    yield from _secrets(STRIPE)


def _subscription(vendor: str, check: Callable[[], Registration]) -> Finding:
    subject, advice = f"{vendor} hook", "run: financehub register_webhooks"
    try:
        found = check()
    except (PluggyError, StripeCallFailed, DomainError) as error:
        return problem(subject, str(error), "correct that and try again")
    if found.outcome == "unchanged":
        return ok(subject, f"{found.webhook_id} is on")
    return problem(subject, f"the subscription is {found.outcome}", advice)


def _secrets(source: Source) -> Iterator[Finding]:
    subject = f"{source.name} key"
    if not door_keys.keys_of(source, max_age=0).values:
        yield problem(subject, "no secret: the door is shut", "run: financehub register_webhooks")
        return
    if any(age.is_mature and age.expires_at is None for age in door_keys.ages(source)):
        advice = f"run: financehub rotate_webhook_secret {source.name}"
        yield note(subject, "the secret is older than 90 days", advice)


def _inbox() -> Finding:
    dead = WebhookEvent.objects.filter(status=WebhookEvent.Status.DEAD).count()
    if dead:
        return problem("events", f"{dead} failed for good", "see /operacao/eventos?situacao=dead")
    figures = measuring.figures()
    if figures.alerts:
        return problem("events", f"{figures.alerts} came again with other content", "see /operacao/eventos")
    if figures.oldest_open_seconds > LATE_SECONDS:
        return problem(
            "events", f"one waits since {figures.oldest_open_seconds:.0f} s", "see that a worker runs"
        )
    return ok("events", f"{figures.parked} wait for a decision, none is late")
