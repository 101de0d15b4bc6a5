"""A second live subscription is undone; a single one is left alone."""

import pytest

from financehub.billing import doubles
from financehub.billing.models import Refund

pytestmark = pytest.mark.django_db


def test_a_single_one_is_left_alone(shop):
    assert doubles.undo(shop.buy()) == []
    assert Refund.objects.of(shop.company).count() == 0
