"""An attempt happens once under its key, and says what came of it."""

import pytest
from tests.billing.test_standing import make_case, make_subscription

from financehub.billing import attempting
from financehub.billing.models import DunningAttempt
from financehub.core import clock

pytestmark = pytest.mark.django_db


def test_an_invoice_that_cannot_be_paid_is_unpayable_and_not_asked_again(shop):
    case = make_case(make_subscription(shop.company), clock.now())
    first = attempting.attempt(case, trigger="day_3", key="pay:in_1:1")
    again = attempting.attempt(case, trigger="day_3", key="pay:in_1:1")
    assert (first.pk, first.outcome) == (again.pk, "unpayable")
    assert DunningAttempt.objects.of(shop.company).count() == 1
    asked = [row for row in shop.box.told("/requests") if row["path"].endswith("/pay")]
    assert len(asked) == 1
