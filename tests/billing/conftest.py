"""A shop that is open: our catalogue at the Stripe simulator, Ana's bakery as its customer."""

from collections.abc import Iterator

import pytest
from tests.billing.shop import Shop
from tests.stripe_simulator import StripeSimulator, start

from financehub.billing import cataloguing
from financehub.companies.models import Company, User


@pytest.fixture
def shop(stripe_box: StripeSimulator, bakery: Company, ana: User) -> Shop:
    """At the present moment; nobody moves this clock."""
    cataloguing.set_up()
    return Shop(stripe_box, bakery, ana)


@pytest.fixture
def moving_shop(settings, bakery: Company, ana: User) -> Iterator[Shop]:
    """The same with a simulator of its own, whose clock the test moves."""
    process, simulator = start("--frozen")
    settings.STRIPE_SECRET_KEY = simulator.secret_key
    settings.STRIPE_API_BASE = settings.STRIPE_FILES_BASE = simulator.url
    cataloguing.set_up()
    yield Shop(simulator, bakery, ana)
    process.terminate()
    process.wait(timeout=10)
