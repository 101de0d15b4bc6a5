"""A consent in its last week is renewed once a day at most, or the person is asked; each attempt is on record."""

from datetime import timedelta

import msgspec
import pytest
from tests.banking.stories import Bank, connect
from tests.simulator import Simulator

from financehub.audit.models import AuditLog
from financehub.banking import connecting, observing, renewing, scheduling
from financehub.banking.models import ConsentRenewal, Item
from financehub.companies.models import Company
from financehub.core import clock
from financehub.providers.pluggy.shapes.items import NewItem

CPF = "76109277673"


@pytest.fixture
def open_bank(simulator: Simulator, bakery: Company) -> Bank:
    """Open Finance, consented for a month that ends in five days."""
    simulator.switch(consentMonths=1)
    wanted = NewItem(connector_id=600, parameters={"cpf": CPF}, client_user_id=str(bakery.vendor_alias))
    created = simulator.client().create_item(wanted)
    simulator.advance(5)
    simulator.control(f"/items/{created.id}/approve")
    simulator.advance(10)
    snapshot = simulator.client().fetch_item(created.id)
    assert snapshot.status == "UPDATED"
    item = connecting.link(company=bakery, user=None, snapshot=snapshot, by=connecting.Actor("system"))
    return Bank(simulator, item)


def ends_in(item: Item, days: float) -> Item:
    """As if the vendor had said so."""
    ends = clock.now() + timedelta(days=days)
    Item.objects.of(item.company_id).filter(pk=item.pk).update(consent_expires_at=ends)
    item.refresh_from_db()
    return item


def started(item: Item) -> None:
    """An attempt of today that the vendor has taken."""
    ConsentRenewal.objects.create(
        company=item.company,
        item=item,
        day=clock.today(),
        expires_at=item.consent_expires_at,  # type: ignore[misc]
        attempted_at=clock.now(),
        outcome="started",
    )


def attempts(item: Item) -> list[tuple[str, str]]:
    rows = ConsentRenewal.objects.of(item.company_id).filter(item=item).order_by("attempted_at")
    return list(rows.values_list("outcome", "error_code"))


def test_an_expiring_consent_is_renewed_at_the_vendor_and_the_new_end_is_recorded(open_bank: Bank) -> None:
    item = ends_in(open_bank.item, 5)
    renewing.renew_if_expiring(item, open_bank.simulator.client())
    (done,) = ConsentRenewal.objects.of(item.company_id)
    item.refresh_from_db()
    assert (done.outcome, item.status) == ("renewed", "UPDATING")
    assert done.renewed_until == item.consent_expires_at > clock.now() + timedelta(days=25)  # type: ignore[operator]
    assert AuditLog.objects.filter(action="open_finance.consent_renewal", object_id=str(item.pk)).count() == 1


def test_nothing_is_done_outside_the_last_week(open_bank: Bank) -> None:
    vendor = open_bank.simulator.client()
    for days in (8, 30, -1):
        assert renewing.renew_if_expiring(ends_in(open_bank.item, days), vendor) is None
    Item.objects.of(open_bank.company).update(consent_expires_at=None)
    open_bank.item.refresh_from_db()
    assert renewing.renew_if_expiring(open_bank.item, vendor) is None
    assert attempts(open_bank.item) == []


def test_an_attempt_is_open_until_a_new_end_is_seen(open_bank: Bank) -> None:
    item = ends_in(open_bank.item, 5)
    started(item)
    observing.observe_item(item=item)
    assert attempts(item) == [("renewed", "")]


def test_a_day_has_one_attempt_and_an_end_one_that_was_taken(open_bank: Bank) -> None:
    vendor, item = open_bank.simulator.client(), ends_in(open_bank.item, 5)
    started(item)
    assert renewing.renew_if_expiring(item, vendor) is None
    ConsentRenewal.objects.of(item.company_id).update(day=clock.today() - timedelta(days=1))
    renewing.renew_if_expiring(item, vendor)
    assert renewing.renew_if_expiring(item, vendor) is None
    assert attempts(item) == [("started", ""), ("asked", "")]


def test_a_refusal_of_the_vendor_is_recorded(open_bank: Bank) -> None:
    item = ends_in(open_bank.item, 5)
    open_bank.simulator.client().update_item(str(item.pluggy_id))
    renewing.renew_if_expiring(item, open_bank.simulator.client())
    ((outcome, code),) = attempts(item)
    assert outcome == "refused"
    assert code.startswith("ITEM_")


@pytest.mark.parametrize("connector_id", [2, 200])
def test_only_the_person_is_asked_where_the_vendor_would_refuse(
    simulator: Simulator, bakery: Company, connector_id: int
) -> None:
    bank = connect(simulator, bakery, connector_id=2)
    item = ends_in(bank.item, 3)
    item.connector.id = connector_id
    renewing.renew_if_expiring(item, simulator.client())
    assert attempts(item) == [("asked", "")]


def test_the_daily_check_lets_a_consent_with_time_left_be(open_bank: Bank) -> None:
    scheduling.check_consents_of(open_bank.item.pk)
    assert attempts(open_bank.item) == []
    assert open_bank.item.consents.get().expires_at is not None


def test_an_end_that_is_gone_because_the_consent_was_revoked_is_no_renewal(open_bank: Bank) -> None:
    item = ends_in(open_bank.item, 5)
    started(item)
    snapshot = open_bank.simulator.client().fetch_item(open_bank.vendor_id)
    revoked = msgspec.structs.replace(
        snapshot,
        status="LOGIN_ERROR",
        execution_status="USER_AUTHORIZATION_REVOKED",
        consent_expires_at=None,
    )
    observing.mirror(item=item, snapshot=revoked)
    attempt = ConsentRenewal.objects.of(item.company).get()
    assert (attempt.outcome, attempt.settled_at) == ("started", None)
