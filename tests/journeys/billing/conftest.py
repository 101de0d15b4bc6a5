"""A shop whose simulator begins on the 2nd of March 2026, so that every day of a story is a literal."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.billing.shop import Shop
from tests.stripe_simulator import start

from financehub.billing import cataloguing
from financehub.companies.models import Company, User

BEGIN = "2026-03-02T12:00:00Z"


@pytest.fixture
def march(settings, bakery: Company, ana: User) -> Iterator[Shop]:
    """The bakery opened with the story, at noon."""
    process, simulator = start("--frozen", "--now", BEGIN)
    settings.STRIPE_SECRET_KEY = simulator.secret_key
    settings.STRIPE_API_BASE = settings.STRIPE_FILES_BASE = simulator.url
    Company.objects.filter(pk=bakery.pk).update(created_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    bakery.refresh_from_db()
    cataloguing.set_up()
    yield Shop(simulator, bakery, ana)
    process.terminate()
    process.wait(timeout=10)
