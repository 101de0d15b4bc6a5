"""Subscriptions, ended ones included."""

import pytest

from financehub.billing import stripe_account
from financehub.billing.models import Customer

pytestmark = pytest.mark.django_db


def test_the_list_holds_ended_ones_too(shop):
    row = shop.buy()
    account = stripe_account.account()
    account.cancel_subscription(row.stripe_id, "a test")
    customer = Customer.objects.of(shop.company).get().stripe_id
    assert [(one.id, one.status) for one in account.subscriptions(customer)] == [(row.stripe_id, "canceled")]


def test_a_schedule_is_made_read_and_released(shop):
    row = shop.buy()
    account = stripe_account.account()
    made = account.schedule_from(row.stripe_id, key="a")
    assert account.schedule(made.id).subscription == row.stripe_id
    assert len(account.schedule(made.id).phases) == 1
    assert account.release_schedule(made.id, key="b").status == "released"
