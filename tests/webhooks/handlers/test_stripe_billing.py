"""What a handler of billing reads of its notices: ids, and whose customer it is."""

import pytest
from tests.webhooks.stripe_knocks import stripe_body

from financehub.billing.models import Customer
from financehub.core import clock
from financehub.webhooks.handlers import stripe_billing
from financehub.webhooks.sources.stripe import read


def notice(**about):
    return read(stripe_body("invoice.paid", data={"object": about}))


def test_names_each_id_once_in_order():
    notices = [notice(id="in_2"), notice(id="in_1"), notice(id="in_2"), notice(id=7)]
    assert stripe_billing.ids(notices) == ["in_2", "in_1"]


def test_reads_nothing_of_an_event_without_an_object():
    assert stripe_billing.about(read(stripe_body("invoice.paid", data={}))) == {}


@pytest.mark.django_db
class TestTheTenant:
    def test_is_who_the_customer_is_bound_to(self, bakery):
        Customer.objects.create(company=bakery, stripe_id="cus_1", created_at=clock.now())
        assert stripe_billing.tenant_of(notice(id="in_1", customer="cus_1")) == bakery.pk
        assert stripe_billing.tenant_of(notice(id="cus_1", object="customer")) == bakery.pk

    def test_is_never_who_the_metadata_names(self, bakery):
        about = {"id": "in_1", "customer": "cus_2", "metadata": {"company_id": str(bakery.pk)}}
        assert stripe_billing.tenant_of(notice(**about)) is None
