"""One customer a company, made once; its card and its tax number."""

import pytest

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


@pytest.mark.parametrize(
    ("document", "kind"), [("529.982.247-25", "br_cpf"), ("11.222.333/0001-81", "br_cnpj")]
)
def test_a_document_becomes_its_tax_id(shop, document, kind):
    customers.set_tax_id(company=shop.company, user=shop.user, document=document, by=shop.by)
    kept = shop.api.customers.tax_ids.list(Customer.objects.of(shop.company).get().stripe_id).data
    assert [one.type for one in kept] == [kind]


def test_a_wrong_document_is_refused_before_stripe_hears_of_it(shop):
    with pytest.raises(customers.TaxIdInvalid):
        customers.set_tax_id(company=shop.company, user=shop.user, document="111.111.111-11", by=shop.by)
    assert shop.api.customers.list({}).data == []
