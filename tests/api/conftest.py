"""Ana's program and browser, Bruno's browser, Carla's program."""

import pytest
from tests.api.callers import Caller, in_browser, with_key
from tests.browser import chromium, new_page, page  # noqa: F401 - fixtures

from financehub.companies.models import Membership


@pytest.fixture
def program(ana, bakery) -> Caller:
    return with_key(ana, bakery)


@pytest.fixture
def browser(ana) -> Caller:
    return in_browser(ana)


@pytest.fixture
def viewer(bruno) -> Caller:
    return in_browser(bruno)


@pytest.fixture
def stranger(carla) -> Caller:
    company = Membership.objects.across_companies().get(user=carla).company
    return with_key(carla, company, "admin")
