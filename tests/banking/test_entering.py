"""Credentials go to the vendor once and are kept nowhere."""

import pytest
from tests.simulator import PASSWORD, Simulator

from financehub.audit.recording import Actor
from financehub.banking import entering
from financehub.banking.models import Item
from financehub.companies.models import Company, User

pytestmark = pytest.mark.django_db


def enter(company: Company, person: User, /, connector_id: int = 2, **credentials: str) -> Item:
    return entering.create_item(
        company=company,
        user=person,
        connector_id=connector_id,
        credentials=credentials,
        by=Actor("user", person.pk),
    )


def test_the_item_belongs_to_the_company_that_asked(simulator: Simulator, bakery: Company, ana: User) -> None:
    item = enter(bakery, ana, user="user-ok", password=PASSWORD)
    assert (item.company, item.created_by, item.connector_id) == (bakery, ana, 2)
    held = [field.value_from_object(item) for field in Item._meta.concrete_fields]
    assert PASSWORD not in str(held)


def test_values_that_the_connector_does_not_take_are_named(
    simulator: Simulator, bakery: Company, ana: User
) -> None:
    with pytest.raises(entering.CredentialsRefused) as caught:
        enter(bakery, ana, user="somebody", password="x")
    assert caught.value.details["fields"] == ["user", "password"]
    assert not Item.objects.of(bakery).exists()


def test_a_bank_that_is_down_is_said_so(simulator: Simulator, bakery: Company, ana: User) -> None:
    with pytest.raises(entering.BankOffline):
        enter(bakery, ana, 13, user="user-ok", password=PASSWORD)
