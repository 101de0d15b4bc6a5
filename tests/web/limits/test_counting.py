"""A plan's last place goes to one, however many ask at once."""

from functools import partial

import pytest
from django.test import Client
from tests.billing.test_standing import make_subscription
from tests.builders import make_member
from tests.people import signed_in
from tests.racing import race

from financehub.banking import usage
from financehub.billing.entitlements import Deed
from financehub.companies.models import ApiKey, Company, Invitation, User
from financehub.core.errors import LimitReached
from financehub.web.limits.counting import place_for


@pytest.fixture
def starter(settings, bakery: Company) -> Company:
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    make_subscription(bakery)
    return bakery


@pytest.mark.django_db
def test_a_block_that_fails_gives_the_place_back(starter: Company, ana: User) -> None:
    def fail() -> None:
        with place_for(starter, Deed.API_KEY, usage.counted_keys):
            ApiKey.objects.create(
                company=starter, name="x", prefix="fh_x", key_hash="x", scopes=[], created_by=ana
            )
            raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        fail()
    assert usage.counted_keys(starter) == 0


@pytest.mark.django_db
def test_no_place_no_block(starter: Company) -> None:
    with pytest.raises(LimitReached), place_for(starter, Deed.API_KEY, lambda _company: 2):
        raise AssertionError("the block ran")


@pytest.mark.django_db(transaction=True)
def test_of_two_invitations_for_the_last_place_one_is_sent(starter: Company, ana: User) -> None:
    make_member(company=starter)  # two of three places

    def invite(browser: Client, email: str) -> int:
        return browser.post("/empresa/convites/", {"email": email, "role": "viewer"}).status_code

    browsers = [signed_in(ana), signed_in(ana)]
    asked = [partial(invite, browsers[number], f"p{number}@example.com") for number in range(2)]
    assert sorted(race(*asked)) == [302, 403]
    assert Invitation.objects.of(starter).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_keys_for_the_last_place_one_is_made(starter: Company, ana: User) -> None:
    first = signed_in(ana)
    first.post("/empresa/chaves/", {"name": "um", "scopes": ["read"]})  # one of two

    def issue(browser: Client, name: str) -> int:
        return browser.post("/empresa/chaves/", {"name": name, "scopes": ["read"]}).status_code

    browsers = [signed_in(ana), signed_in(ana)]
    assert sorted(race(*(partial(issue, one, "mais") for one in browsers))) == [200, 403]
    assert usage.counted_keys(starter) == 2
