"""CPF and CNPJ on the invoices: checked, kept sealed, given to Stripe once, and copied back."""

import pytest

from financehub.billing import tax_ids
from financehub.billing.models import Customer, TaxId
from financehub.core.errors import Denied
from financehub.providers.stripe.errors import StripeUnavailable

pytestmark = pytest.mark.django_db


def put(shop, document):
    return tax_ids.set_tax_id(company=shop.company, user=shop.user, document=document, by=shop.by)


def at_stripe(shop):
    customer = Customer.objects.of(shop.company).get().stripe_id
    return [(one.type, one.value) for one in shop.api.customers.tax_ids.list(customer).data]


@pytest.mark.parametrize(
    ("document", "kind", "number"),
    [
        ("529.982.247-25", "br_cpf", "52998224725"),
        ("11.222.333/0001-81", "br_cnpj", "11222333000181"),
        ("12.abc.345/01de-35", "br_cnpj", "12ABC34501DE35"),  # as the Receita writes them since July 2026
    ],
)
def test_a_document_becomes_its_tax_id(shop, document, kind, number):
    row = put(shop, document)
    assert at_stripe(shop) == [(kind, number)]
    assert (row.kind, row.number, row.last_digits) == (kind, number, number[-4:])
    assert tax_ids.of(shop.company) == [row]


def test_the_same_one_twice_is_one(shop):
    assert put(shop, "529.982.247-25") == put(shop, "52998224725")
    assert len(at_stripe(shop)) == 1


def test_a_new_one_takes_the_place_of_the_old(shop):
    put(shop, "529.982.247-25")
    row = put(shop, "12.ABC.345/01DE-35")
    assert at_stripe(shop) == [("br_cnpj", "12ABC34501DE35")]
    assert tax_ids.of(shop.company) == [row]
    assert TaxId.objects.of(shop.company).exclude(deleted_at=None).get().kind == "br_cpf"


@pytest.mark.parametrize("document", ["111.111.111-11", "12.ABC.345/01DE-36", "12.ABC.345/01DE-3A", "", "1"])
def test_a_wrong_document_is_refused_before_stripe_hears_of_it(shop, document):
    with pytest.raises(tax_ids.TaxIdInvalid):
        put(shop, document)
    assert shop.api.customers.list({}).data == []
    assert not TaxId.objects.of(shop.company).exists()


def test_a_lost_answer_is_the_same_row_and_the_same_tax_id(shop):
    shop.box.control("/faults", kind="lost_answer", path="/v1/customers/cus", method="POST", times=1)
    with pytest.raises(StripeUnavailable):
        put(shop, "529.982.247-25")
    put(shop, "529.982.247-25")
    assert at_stripe(shop) == [("br_cpf", "52998224725")]
    assert TaxId.objects.of(shop.company).count() == 1


def test_one_typed_on_stripes_page_is_copied_and_one_removed_there_is_gone(shop):
    shop.buy()
    customer = Customer.objects.of(shop.company).get().stripe_id
    made = shop.api.customers.tax_ids.create(customer, {"type": "br_cnpj", "value": "11.222.333/0001-81"})
    shop.hear()
    assert [row.number for row in tax_ids.of(shop.company)] == ["11222333000181"]
    shop.api.customers.tax_ids.delete(customer, made.id)
    shop.hear()
    assert tax_ids.of(shop.company) == []


def test_is_for_who_pays(shop, by_bruno):
    with pytest.raises(Denied):
        tax_ids.set_tax_id(company=shop.company, user=shop.user, document="529.982.247-25", by=by_bruno)


def test_nobodys_customer_is_nothing(shop):
    assert tax_ids.mirror_tax_ids("cus_of_nobody") is None
