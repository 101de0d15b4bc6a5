"""The bakery's card at a vendor in memory."""

from typing import Any

import pytest
from tests.banking.identity.cards import Card, connect_card

from financehub.companies.models import Company


@pytest.fixture
def card(bakery: Company, settings: Any) -> Card:
    settings.SYNC_START_GAP_SECONDS = 0
    return connect_card(bakery)
