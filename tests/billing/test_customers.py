"""One customer a company, made once; whose it is says our row."""

import pytest
from tests.builders import make_member

from financehub.billing import customers
from financehub.billing.models import Customer
from financehub.providers.stripe.errors import StripeUnavailable

pytestmark = pytest.mark.django_db


def ensure(shop):
    return customers.ensure(company=shop.company, user=shop.user, by=shop.by)


def test_is_made_once(shop):
    assert ensure(shop).stripe_id == ensure(shop).stripe_id
    assert len(shop.api.customers.list({}).data) == 1


def test_a_lost_answer_makes_no_second_one(shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/customers", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        ensure(shop)
    assert Customer.objects.of(shop.company).get().stripe_id is None
    assert ensure(shop).stripe_id == shop.api.customers.list({}).data[0].id
    assert len(shop.api.customers.list({}).data) == 1


def test_one_deleted_at_stripe_gets_a_successor(shop):
    old = ensure(shop).stripe_id
    shop.api.customers.delete(old)
    shop.hear()
    assert ensure(shop).stripe_id != old


def test_whose_it_is_says_our_own_row_alone(shop):
    customer = ensure(shop)
    assert customers.company_of(customer.stripe_id) == shop.company.pk
    stranger = shop.api.customers.create({"metadata": {"company_id": str(shop.company.pk)}})
    assert customers.company_of(stranger.id) is None
    assert customers.company_of(None) is None


def test_a_customer_whose_answer_was_lost_is_found_again_by_another_person(shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/customers", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        ensure(shop)
    other = make_member(company=shop.company).user
    row = customers.ensure(company=shop.company, user=other, by=shop.by)
    [there] = shop.api.customers.list({}).data
    assert (row.stripe_id, there.email, there.name) == (there.id, other.email, shop.company.name)
