"""Saying no to an Item that nobody asked for."""

import pytest
from tests.builders import make_company
from tests.simulator import Simulator

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import parking
from financehub.banking.models import ParkedItem
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import NotFound
from financehub.providers.pluggy.errors import PluggyNotFound

pytestmark = pytest.mark.django_db


def park(company: Company, pluggy_id: str) -> ParkedItem:
    return ParkedItem.objects.create(
        company_id=company.pk, pluggy_id=pluggy_id, reason="no_open_attempt", created_at=clock.now()
    )


class TestRefuseParked:
    def test_deletes_it_at_the_vendor_and_asks_no_more(
        self, simulator: Simulator, bakery: Company, by_ana: Actor
    ) -> None:
        snapshot = simulator.connect(bakery)
        parked = park(bakery, snapshot.id)

        parking.refuse_parked(parked=parked, company=bakery, by=by_ana)

        parked.refresh_from_db()
        assert parked.resolved_at is not None
        with pytest.raises(PluggyNotFound):
            simulator.client().fetch_item(snapshot.id)
        assert AuditLog.objects.get(action="open_finance.parked_item_refused").actor_id == by_ana.id

    def test_is_content_when_the_vendor_has_forgotten_it(
        self, simulator: Simulator, bakery: Company, by_ana: Actor
    ) -> None:
        parked = park(bakery, "00000000-0000-4000-8000-000000000001")

        parking.refuse_parked(parked=parked, company=bakery, by=by_ana)

        parked.refresh_from_db()
        assert parked.resolved_at is not None

    def test_does_not_exist_for_another_company(self, bakery: Company, by_ana: Actor) -> None:
        parked = park(make_company(), "00000000-0000-4000-8000-000000000001")

        with pytest.raises(NotFound):
            parking.refuse_parked(parked=parked, company=bakery, by=by_ana)
        assert not AuditLog.objects.exists()
