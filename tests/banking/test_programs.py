"""The whole journey from Python, as a program that embeds Finance Hub writes it."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from tests.builders import make_account
from tests.simulator import PASSWORD, Simulator

from financehub.audit.models import AuditLog
from financehub.banking import programs, syncing
from financehub.banking.models import Account, Item, Sync, Transaction
from financehub.banking.pluggy import PluggyIsOff
from financehub.banking.programs import BankConnector, CredentialsRefused, PluggyClient, get_total_balance
from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.core.errors import NotFound
from financehub.providers.pluggy.errors import PluggyUnavailable

CREDENTIALS = {"user": "user-ok", "password": PASSWORD}


def connect(
    person: User, connector_id: int = 201, credentials: dict[str, str] = CREDENTIALS
) -> dict[str, str | int]:
    return BankConnector().create_connection(
        user_id=person.pk, connector_id=connector_id, credentials=credentials
    )


@pytest.mark.django_db
def test_institutions_are_listed_by_name_and_id(simulator: Simulator) -> None:
    listed = PluggyClient().list_connectors(country="BR")
    assert {"id": 201, "name": next(one["name"] for one in listed if one["id"] == 201)} in [
        {"id": one["id"], "name": one["name"]} for one in listed
    ]
    assert len(listed) > 100


@pytest.mark.django_db
def test_the_client_is_as_patient_as_the_installation(simulator: Simulator, settings: Any) -> None:
    for attempts, is_enough in ((1, False), (2, True)):
        settings.PLUGGY_ATTEMPTS = attempts
        client = PluggyClient()
        simulator.control("/faults", kind="error", status=503, path="/connectors", times=1)
        if is_enough:
            assert client.list_connectors(country="BR")
        else:
            with pytest.raises(PluggyUnavailable):
                client.list_connectors(country="BR")


def test_the_client_needs_keys(settings: Any) -> None:
    settings.PLUGGY_CLIENT_ID = ""
    with pytest.raises(PluggyIsOff):
        PluggyClient()


def test_a_connection_lands_in_the_persons_own_company(simulator: Simulator, ana: User) -> None:
    made = connect(ana)
    item = Item.objects.across_companies().get(pk=made["item_id"])
    assert item.company == Company.objects.get(is_personal=True, pk=item.company_id)
    assert made["connector_name"] == item.connector.name
    assert (made["connector_id"], made["status"]) == (201, "UPDATING")
    assert AuditLog.objects.get(action="open_finance.item_connected").actor_id == ana.pk


def test_the_balance_is_the_sum_of_the_bank_accounts_after_the_first_sync(
    simulator: Simulator, ana: User
) -> None:
    made = connect(ana)
    simulator.advance(10)
    item, at = Item.objects.across_companies().get(pk=made["item_id"]), clock.now()
    sync = Sync.objects.create(company=item.company, item=item, trigger="first", due_at=at, requested_at=at)
    syncing.run_sync(sync_id=sync.pk)
    accounts = simulator.client().fetch_accounts(str(made["pluggy_id"]))
    total = sum((one.balance for one in accounts if one.type == "BANK"), Decimal(0))
    assert get_total_balance(user_id=ana.pk) == total > 0
    assert Transaction.objects.of(item.company).count() > 50


def test_credentials_are_kept_nowhere(simulator: Simulator, ana: User) -> None:
    made = connect(ana)
    item = Item.objects.across_companies().get(pk=made["item_id"])
    kept = [str(row) for row in Item.objects.of(item.company).values()]
    kept += [str(row) for row in AuditLog.objects.values()]
    assert not any("user-ok" in row or PASSWORD in row for row in kept)


def test_values_a_connector_does_not_take_are_refused_by_field(simulator: Simulator, ana: User) -> None:
    with pytest.raises(CredentialsRefused) as refused:
        connect(ana, 2, {"user": "user-ok"})
    assert refused.value.details["fields"] == ["password"]
    assert not Item.objects.across_companies().exists()


def test_an_unknown_person_is_not_found(simulator: Simulator, db: None) -> None:
    with pytest.raises(NotFound):
        BankConnector().create_connection(user_id=uuid4(), connector_id=201, credentials=CREDENTIALS)


def test_the_balance_leaves_out_cards_archived_accounts_and_other_currencies(ana: User) -> None:
    company = programs.personal_company(ana)
    make_account(company=company, is_manual=True, balance_cents=12_345)
    make_account(company=company, is_manual=True, balance_cents=-45)
    make_account(company=company, is_manual=True, balance_cents=7, type="CREDIT")
    make_account(company=company, is_manual=True, balance_cents=7, currency="USD")
    make_account(company=company, is_manual=True, balance_cents=7, archived_at=clock.now())
    assert get_total_balance(user_id=str(ana.pk)) == Decimal("123.00")


def test_a_person_with_nothing_has_exactly_nothing(ana: User, carla: User) -> None:
    make_account(company=programs.personal_company(carla), is_manual=True, balance_cents=7)
    assert get_total_balance(user_id=ana.pk) == Decimal(0)
    assert not Account.objects.of(programs.personal_company(ana)).exists()
