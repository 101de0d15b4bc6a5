"""A bank of the simulator reached by Open Finance, where calls are limited."""

import httpx
from tests.banking.stories import Bank, sync
from tests.simulator import Simulator

from financehub.audit.recording import SYSTEM
from financehub.banking import connecting
from financehub.companies.models import Company
from financehub.providers.pluggy.shapes.items import NewItem

CPF, CONNECTOR = "76109277673", 612


def connect(simulator: Simulator, company: Company) -> Bank:
    """Authorised at the bank, collected, and synced by us."""
    wanted = NewItem(
        connector_id=CONNECTOR, parameters={"cpf": CPF}, client_user_id=str(company.vendor_alias)
    )
    made = simulator.client().create_item(wanted)
    simulator.advance(1)
    simulator.control(f"/items/{made.id}/approve")
    simulator.advance(10)
    snapshot = simulator.client().fetch_item(made.id)
    bank = Bank(simulator, connecting.link(company=company, user=None, snapshot=snapshot, by=SYSTEM))
    sync(bank)
    bank.item.refresh_from_db()
    return bank


def use_up(simulator: Simulator, quota: str, used: int) -> None:
    """Let so many calls of the month be spent at the bank."""
    wanted = {"document": CPF, "connectorId": CONNECTOR, "quota": quota, "used": used}
    httpx.put(f"{simulator.url}/_control/quotas", json=wanted, timeout=10).raise_for_status()
