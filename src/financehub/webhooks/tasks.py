"""Doors for Celery: an id in, one call."""

from celery import shared_task

from financehub.webhooks import handling, offering, reconciling, sweeping


@shared_task(name="webhooks.handle_event")
def handle_event(*, event_id: str) -> None:
    """Look at this event now."""
    handling.handle_event(event_id)


@shared_task(name="webhooks.offer")
def offer() -> None:
    """Hand what is due to the workers."""
    offering.offer()


@shared_task(name="webhooks.sweep")
def sweep() -> None:
    """Offer again what a lost message forgot."""
    sweeping.sweep()


@shared_task(name="webhooks.reconcile")
def reconcile() -> None:
    """Ask the vendors what we missed."""
    reconciling.reconcile()
