"""A bank most banking tests start from."""

import pytest
from tests.banking.stories import Bank, connect, sync
from tests.simulator import Simulator

from financehub.companies.models import Company


@pytest.fixture
def bank(simulator: Simulator, bakery: Company) -> Bank:
    """The bakery's bank: collected by Pluggy, not yet synced."""
    return connect(simulator, bakery)


@pytest.fixture
def synced_bank(bank: Bank) -> Bank:
    """The same after its first sync."""
    assert sync(bank).status == "SUCCEEDED"
    return bank
