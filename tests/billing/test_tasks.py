"""The doors for Celery do nothing where nothing is sold, and their work where something is."""

import pytest

from financehub.billing import tasks
from financehub.billing.models import Subscription

pytestmark = pytest.mark.django_db


def test_do_nothing_without_a_key(settings):
    settings.STRIPE_SECRET_KEY = ""
    for door in (tasks.run_dunning, tasks.remind, tasks.reconcile):
        door()


def test_reconcile_heals(shop):
    shop.pay(shop.checkout())
    tasks.reconcile()
    assert Subscription.objects.of(shop.company).get().status == "active"
