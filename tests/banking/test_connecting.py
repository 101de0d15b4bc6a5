"""Connecting: attempts, untrusted ids, and Items that nobody asked for."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.simulator import Simulator

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM, Actor
from financehub.banking import connecting
from financehub.banking.models import ConnectAttempt, Item, ParkedItem
from financehub.companies.models import Company, Membership, User
from financehub.core import clock
from financehub.core.errors import Invalid


@pytest.fixture
def started(simulator: Simulator, bakery: Company, ana: User, by_ana: Actor) -> connecting.StartedConnection:
    return connecting.start_connection(company=bakery, user=ana, by=by_ana)


def complete(company: Company, user: User, pluggy_id: str) -> Item:
    return connecting.complete_connection(
        company=company, user=user, item_pluggy_id=pluggy_id, by=Actor("user", user.pk)
    )


def test_a_started_connection_has_a_token_and_an_attempt(started: connecting.StartedConnection) -> None:
    assert started.access_token in started.connect_url
    lifetime = started.expires_at - clock.now()
    assert timedelta(minutes=29) < lifetime <= timedelta(minutes=30, seconds=5)
    assert AuditLog.objects.filter(action="open_finance.connection_started").count() == 1


def test_the_item_a_browser_names_is_linked_once(
    started: connecting.StartedConnection, simulator: Simulator, bakery: Company, ana: User
) -> None:
    vendor = simulator.connect(bakery)
    item = complete(bakery, ana, vendor.id)
    assert (item.company, item.created_by, item.connector.name) == (bakery, ana, "Pluggy Bank")
    assert complete(bakery, ana, vendor.id).pk == item.pk
    assert Item.objects.of(bakery).count() == 1
    assert ConnectAttempt.objects.of(bakery).get().item == item
    assert AuditLog.objects.filter(action="open_finance.item_connected").count() == 1


def test_an_item_of_another_company_is_not_found(
    started: connecting.StartedConnection, simulator: Simulator, bakery: Company, ana: User, carla: User
) -> None:
    theirs = Membership.objects.across_companies().get(user=carla).company
    vendor = simulator.connect(theirs)
    with pytest.raises(connecting.ItemUnknown):
        complete(bakery, ana, vendor.id)
    assert Item.objects.across_companies().count() == 0


@pytest.mark.parametrize("named", ["", "nothing", "../items"])
def test_an_id_that_is_none_is_refused(
    started: connecting.StartedConnection, bakery: Company, ana: User, named: str
) -> None:
    with pytest.raises(Invalid):
        complete(bakery, ana, named)


def test_an_unknown_id_is_not_found(
    started: connecting.StartedConnection, bakery: Company, ana: User
) -> None:
    with pytest.raises(connecting.ItemUnknown):
        complete(bakery, ana, str(uuid4()))


def test_without_an_open_attempt_the_item_waits_for_a_decision(
    simulator: Simulator, bakery: Company, ana: User, by_ana: Actor
) -> None:
    vendor = simulator.connect(bakery)
    with pytest.raises(connecting.ItemParked):
        complete(bakery, ana, vendor.id)
    parked = ParkedItem.objects.get()
    assert (parked.company_id, parked.reason, Item.objects.of(bakery).count()) == (
        bakery.pk,
        "no_open_attempt",
        0,
    )
    item = connecting.accept_parked(parked=parked, company=bakery, user=ana, by=by_ana)
    parked.refresh_from_db()
    assert item.company == bakery
    assert parked.resolved_at is not None


def test_an_attempt_works_once(
    started: connecting.StartedConnection, simulator: Simulator, bakery: Company, ana: User
) -> None:
    complete(bakery, ana, simulator.connect(bakery).id)
    with pytest.raises(connecting.ItemParked):
        complete(bakery, ana, simulator.connect(bakery, "user-ok-two-checking-accounts").id)


def test_an_attempt_ends_after_half_an_hour(
    started: connecting.StartedConnection, simulator: Simulator, bakery: Company, ana: User
) -> None:
    ConnectAttempt.objects.of(bakery).update(expires_at=clock.now())
    with pytest.raises(connecting.ItemParked):
        complete(bakery, ana, simulator.connect(bakery).id)


def test_a_notice_links_the_item_when_the_tab_was_closed(
    started: connecting.StartedConnection, simulator: Simulator, bakery: Company, ana: User
) -> None:
    item = connecting.adopt_item(pluggy_id=simulator.connect(bakery).id, by=SYSTEM)
    assert item is not None
    assert item.created_by == ana


def test_a_notice_of_an_item_of_nobody_is_parked(simulator: Simulator, bakery: Company) -> None:
    stranger = Company(name="unsaved")
    assert connecting.adopt_item(pluggy_id=simulator.connect(stranger).id, by=SYSTEM) is None
    assert ParkedItem.objects.get().reason == "unknown_client_user"
    assert connecting.adopt_item(pluggy_id=str(uuid4()), by=SYSTEM) is None


def test_of_two_items_that_come_at_once_one_uses_the_attempt(
    started: connecting.StartedConnection, simulator: Simulator, bakery: Company, by_ana: Actor
) -> None:
    """Both callers saw it open; the other Item waits for a person."""
    first, second = simulator.connect(bakery), simulator.connect(bakery)
    stale = ConnectAttempt.objects.of(bakery).get()
    assert connecting._link_or_park(bakery, first, stale, by_ana).pluggy_id == UUID(first.id)
    with pytest.raises(connecting.ItemParked):
        connecting._link_or_park(bakery, second, stale, by_ana)
    assert Item.objects.of(bakery).count() == 1
    assert ConnectAttempt.objects.of(bakery).get().item_pluggy_id == UUID(first.id)
    assert str(ParkedItem.objects.get().pluggy_id) == second.id


def test_a_plan_without_room_starts_nothing(bakery: Company) -> None:
    connecting.require_room(bakery)  # without Stripe everything is unlimited
