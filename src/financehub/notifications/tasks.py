"""Doors for Celery: an id in, one call."""

from celery import shared_task

from financehub.notifications import delivering, sweeping


@shared_task(name="notifications.deliver")
def deliver(*, delivery_id: str) -> None:
    """Look at this delivery now."""
    delivering.deliver(delivery_id)


@shared_task(name="notifications.sweep")
def sweep() -> None:
    """Offer again what is due, and tell what the audit trail says."""
    sweeping.sweep()


@shared_task(name="notifications.clean_up")
def clean_up() -> int:
    """Forget what is old."""
    return sweeping.clean_up()
