"""Doors for Celery: one call each."""

from celery import shared_task

from financehub.billing import dunning, keying, reconciling, reminding


@shared_task(name="billing.run_dunning")
def run_dunning() -> int:
    """Warn of and do what is due on unpaid renewals."""
    return dunning.run()


@shared_task(name="billing.remind")
def remind() -> int:
    """Tell whose trial ends."""
    return reminding.remind()


@shared_task(name="billing.reconcile")
def reconcile() -> int:
    """Our books against Stripe's; keys that nobody needs any more go."""
    keying.forget_old()
    return len(reconciling.reconcile())
