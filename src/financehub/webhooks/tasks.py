"""Doors for Celery: an id in, one call."""

from celery import shared_task

from financehub.webhooks import aging, handling, offering, reconciling, sweeping


@shared_task(name="webhooks.handle_event")
def handle_event(*, event_id: str) -> None:
    """Handle this event now, with all that waits beside it."""
    handling.handle_event(event_id)


@shared_task(name="webhooks.handle_local")
def handle_local() -> None:
    """Handle what needs no vendor."""
    handling.handle_local()


@shared_task(name="webhooks.offer")
def offer() -> None:
    """Hand what is due to the workers."""
    offering.offer()


@shared_task(name="webhooks.sweep")
def sweep() -> int:
    """Offer again what a lost message forgot."""
    return sweeping.sweep()


@shared_task(name="webhooks.reconcile")
def reconcile() -> int:
    """Ask the vendors what we missed."""
    return reconciling.reconcile()


@shared_task(name="webhooks.check_secrets")
def check_secrets() -> int:
    """Find the secrets that are old enough to be changed."""
    return len(aging.mature())
