"""A shop that opens on the 2nd of March 2026, every day a literal; and one on a real port, for a browser."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.billing.shop import Shop
from tests.journeys.billing.travelling import Travel
from tests.stripe_simulator import API_VERSION, StripeSimulator, start
from tests.web.browser.conftest import chromium, live_line, new_page, open_as, open_live  # noqa: F401 - fixtures

from financehub.billing import cataloguing
from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.webhooks import door_keys
from financehub.webhooks.handlers.stripe import ANSWERS

BEGIN = "2026-03-02T12:00:00Z"
SECRET = "whsec_of_this_journey"


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


@pytest.fixture
def open_shop(settings, live_server: LiveServer, ana: User, bakery: Company) -> Iterator[Shop]:
    """The site on a loopback port, told of everything by Stripe itself, at the present moment."""
    address = f"{live_server.url}/api/webhooks/stripe"
    process, simulator = start("--webhook-url", address, "--webhook-secret", SECRET)
    settings.STRIPE_SECRET_KEY = simulator.secret_key
    settings.STRIPE_API_BASE = settings.STRIPE_FILES_BASE = simulator.url
    settings.STRIPE_WEBHOOK_SECRET, settings.PUBLIC_URL = [SECRET], live_server.url
    door_keys.forget()
    cataloguing.set_up()
    yield Shop(simulator, bakery, ana)
    process.terminate()
    process.wait(timeout=10)
    door_keys.forget()


@pytest.fixture(scope="module")
def patient_stripe() -> Iterator[StripeSimulator]:
    """A simulator for a module of journeys; its clock moves only when told."""
    process, simulator = start("--frozen", "--webhook-secret", SECRET)
    yield simulator
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def travel(
    settings, live_server: LiveServer, patient_stripe: StripeSimulator, ana: User, bakery: Company
) -> Iterator[Travel]:
    """The site on a loopback port at Stripe's moment, told of everything by Stripe itself; the bakery is new."""
    simulator = patient_stripe
    simulator.control("/reset")
    settings.STRIPE_SECRET_KEY = simulator.secret_key
    settings.STRIPE_API_BASE = settings.STRIPE_FILES_BASE = simulator.url
    settings.STRIPE_WEBHOOK_SECRET, settings.PUBLIC_URL = [SECRET], live_server.url
    door_keys.forget()
    shop = Shop(simulator, bakery, ana)
    settings.CLOCK_AHEAD = shop.at() - clock.wall() + timedelta(seconds=1)
    Company.objects.filter(pk=bakery.pk).update(created_at=clock.now())
    bakery.refresh_from_db()
    cataloguing.set_up()
    endpoint = {"url": f"{live_server.url}/api/webhooks/stripe", "enabled_events": sorted(ANSWERS)}
    shop.api.webhook_endpoints.create({**endpoint, "api_version": API_VERSION})
    yield Travel(shop, settings)
    simulator.control("/settle")
    door_keys.forget()
