"""A trial that ends is announced three days before, and once when it ended."""

from datetime import timedelta

import pytest

from financehub.billing import reminding
from financehub.billing.models import Notice

pytestmark = pytest.mark.django_db


def kinds(company):
    return list(Notice.objects.of(company).order_by("created_at").values_list("kind", flat=True))


def test_says_it_three_days_before_and_when_it_is_over(shop):
    began = shop.company.created_at
    assert reminding.remind(at=began + timedelta(days=10, hours=23)) == 0
    assert reminding.remind(at=began + timedelta(days=11)) == 1
    assert reminding.remind(at=began + timedelta(days=12)) == 0
    assert reminding.remind(at=began + timedelta(days=14)) == 1
    assert reminding.remind(at=began + timedelta(days=15)) == 0
    assert kinds(shop.company) == ["trial_ending", "trial_over"]


def test_says_nothing_to_who_subscribed(shop):
    shop.buy()
    assert reminding.remind(at=shop.company.created_at + timedelta(days=12)) == 0


def test_says_nothing_where_nothing_is_sold(bakery, settings):
    settings.STRIPE_SECRET_KEY = ""
    assert reminding.remind(at=bakery.created_at + timedelta(days=12)) == 0
