"""Whose an event is: the company that our own row binds its customer to."""

import pytest
from tests.webhooks.stripe_knocks import stripe_body

from financehub.billing.models import Customer
from financehub.core import clock
from financehub.webhooks.handlers import stripe_billing
from financehub.webhooks.sources.stripe import read


def notice(**about):
    return read(stripe_body("invoice.paid", data={"object": about}))


@pytest.mark.django_db
class TestTheTenant:
    def test_is_who_the_customer_is_bound_to(self, bakery):
        Customer.objects.create(company=bakery, stripe_id="cus_1", created_at=clock.now())
        assert stripe_billing.tenant_of(notice(id="in_1", customer="cus_1")) == bakery.pk
        assert stripe_billing.tenant_of(notice(id="cus_1", object="customer")) == bakery.pk

    def test_is_never_who_the_metadata_names(self, bakery):
        about = {"id": "in_1", "customer": "cus_2", "metadata": {"company_id": str(bakery.pk)}}
        assert stripe_billing.tenant_of(notice(**about)) is None
