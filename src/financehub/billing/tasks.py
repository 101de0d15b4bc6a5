"""Doors for Celery: one call each."""

from celery import shared_task

from financehub.billing import dunning, reconciling, reminding


@shared_task(name="billing.run_dunning")
def run_dunning() -> None:
    """Warn of and do what is due on unpaid renewals."""
    dunning.run()


@shared_task(name="billing.remind")
def remind() -> None:
    """Tell whose trial ends."""
    reminding.remind()


@shared_task(name="billing.reconcile")
def reconcile() -> None:
    """Our books against Stripe's."""
    reconciling.reconcile()
