"""Doors for Celery: an id in, one call."""

from celery import shared_task

from financehub.webhooks import handling


@shared_task(name="webhooks.handle_event")
def handle_event(*, event_id: str) -> None:
    """Look at this event now."""
    handling.handle_event(event_id)


@shared_task(name="webhooks.sweep")
def sweep() -> None:
    """Offer again what a lost message forgot."""
    handling.sweep()
