"""An early fraud warning is decided once, by the amount."""

import pytest

from financehub.billing import suspecting
from financehub.billing.models import FraudWarning, Payment, StaffTask, Subscription

pytestmark = pytest.mark.django_db


def test_a_second_look_gives_nothing_back_twice(shop):
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/warn")
    shop.hear()
    row = FraudWarning.objects.of(shop.company).get()
    assert suspecting.mirror_warning(row.stripe_id).outcome == "refunded"
    assert len(shop.api.refunds.list({}).data) == 1


def test_one_that_is_no_longer_actionable_is_closed(shop):
    shop.buy("enterprise", "yearly")
    payment = Payment.objects.of(shop.company).get()
    shop.box.control(f"/charges/{payment.charge_id}/warn")
    shop.hear()
    assert FraudWarning.objects.of(shop.company).get().outcome == "review"
    shop.api.refunds.create({"payment_intent": payment.stripe_id})
    shop.hear()
    row = FraudWarning.objects.of(shop.company).get()
    assert suspecting.mirror_warning(row.stripe_id).outcome == "closed"


@pytest.mark.parametrize(
    ("gives_back", "outcome", "status"), [(True, "refunded", "canceled"), (False, "closed", "active")]
)
def test_a_large_one_is_decided_by_a_person(shop, gives_back, outcome, status):
    shop.buy("enterprise", "yearly")
    payment = Payment.objects.of(shop.company).get()
    shop.box.control(f"/charges/{payment.charge_id}/warn")
    shop.hear()
    row = FraudWarning.objects.of(shop.company).get()
    assert StaffTask.objects.get().closed_at is None
    assert suspecting.decide(warning=row, gives_back=gives_back, by=shop.by).outcome == outcome
    payment.refresh_from_db()
    assert payment.refunded_cents == (199000 if gives_back else 0)
    assert Subscription.objects.of(shop.company).get().status == status
    assert StaffTask.objects.get().closed_by == shop.user.pk
    with pytest.raises(suspecting.WarningSettled):
        suspecting.decide(warning=row, gives_back=True, by=shop.by)


@pytest.mark.parametrize(("limit", "outcome"), [(2899, "review"), (2900, "refunded")])
def test_where_small_ends_is_the_operators_to_say(shop, settings, limit, outcome):
    settings.STRIPE_FRAUD_REFUND_CENTS = limit
    shop.buy()
    shop.box.control(f"/charges/{Payment.objects.of(shop.company).get().charge_id}/warn")
    shop.hear()
    assert FraudWarning.objects.of(shop.company).get().outcome == outcome


def test_nobodys_warning_is_nothing(shop):
    assert suspecting.mirror_warning("issfr_of_nobody") is None
