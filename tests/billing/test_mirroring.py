"""Copies: forward only, one row each, ours by a table."""

from datetime import timedelta

import pytest

from financehub.billing import mirroring
from financehub.billing.models import Customer, PaymentState, Subscription
from financehub.core import clock
from financehub.providers.stripe import shapes


def intent(status, **fields):
    return shapes.PaymentIntent(id="pi", status=status, amount=2900, currency="brl", created=1, **fields)


@pytest.mark.parametrize(
    ("found", "refunded", "state"),
    [
        (intent("requires_payment_method"), 0, PaymentState.PENDING),
        (
            intent("requires_payment_method", last_payment_error=shapes.PaymentError(code="card_declined")),
            0,
            PaymentState.FAILED,
        ),
        (intent("requires_action"), 0, PaymentState.PENDING),
        (
            intent("requires_action", next_action=shapes.NextAction(type="boleto_display_details")),
            0,
            PaymentState.PROCESSING,
        ),
        (intent("processing"), 0, PaymentState.PROCESSING),
        (intent("succeeded"), 0, PaymentState.SUCCEEDED),
        (intent("succeeded"), 2899, PaymentState.SUCCEEDED),
        (intent("succeeded"), 2900, PaymentState.REFUNDED),
        (intent("canceled"), 0, PaymentState.CANCELLED),
        (intent("a status of next year"), 0, PaymentState.PENDING),
    ],
)
def test_our_state_of_a_payment(found, refunded, state):
    assert mirroring.payment_state(found, refunded) == state


@pytest.mark.django_db
class TestACopy:
    def test_asked_for_earlier_never_overwrites_a_later_one(self, shop):
        row = shop.buy()
        earlier = row.observed_at - timedelta(seconds=1)
        fields = {"status": "past_due"}
        kept, _, is_changed = mirroring.keep(Subscription, row.company_id, row.stripe_id, fields, earlier)
        assert (kept.status, is_changed) == ("active", False)

    def test_that_says_the_same_is_no_change(self, shop):
        row = shop.buy()
        fields = {"status": "active"}
        at = clock.now()
        assert mirroring.keep(Subscription, row.company_id, row.stripe_id, fields, at)[2] is False
        assert mirroring.keep(Subscription, row.company_id, row.stripe_id, {"status": "x"}, at)[2] is True

    def test_of_a_stranger_is_not_kept(self, shop):
        stranger = shop.api.customers.create({"email": "x@example.com"})
        price = shop.api.prices.list({"lookup_keys": ["starter_month_brl"]}).data[0].id
        made = shop.api.subscriptions.create(
            {"customer": stranger.id, "items": [{"price": price}], "trial_period_days": 5}
        )
        assert mirroring.mirror_subscription(made.id) is None
        assert Customer.objects.across_companies().count() == 0

    def test_of_a_price_that_is_not_ours_names_no_plan(self, shop):
        row = shop.buy()
        api = shop.api
        product = api.products.create({"name": "Outra coisa"})
        price = api.prices.create(
            {
                "product": product.id,
                "currency": "brl",
                "unit_amount": 1,
                "recurring": {"interval": "month"},
            }
        )
        api.subscriptions.update(row.stripe_id, {"items": [{"id": row.item_id, "price": price.id}]})
        assert mirroring.mirror_subscription(row.stripe_id).plan_id == ""
