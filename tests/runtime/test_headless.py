"""Banks connected without a browser bring their rows, or the reason why not."""

import pytest
from tests.builders import PASSWORD
from tests.simulator import Simulator

from financehub.banking import observing
from financehub.banking.models import Item
from financehub.companies.models import Company, User
from financehub.runtime import headless

pytestmark = pytest.mark.django_db(transaction=True)

ITAU = 201


def login(user: str) -> headless.Login:
    return headless.Login(ITAU, {"user": user, "password": "password-ok"})


@pytest.fixture
def person(simulator: Simulator) -> tuple[User, Company]:
    return headless.sign_up("demo@example.com", PASSWORD, "Demo")


def connected(simulator: Simulator, person: tuple[User, Company], user: str) -> Item:
    """Connected and executed to its end at the vendor."""
    item = headless.connect(*person, login(user))
    simulator.advance(10)
    return observing.observe_item(item=item)


class TestABank:
    def test_brings_rows_that_the_receipt_accounts_for(
        self, simulator: Simulator, person: tuple[User, Company]
    ) -> None:
        item = connected(simulator, person, "user-ok")
        headless.wait_for_first_syncs([item], seconds=5)
        haul = headless.haul_of(person[1])
        assert haul.accounts >= 3
        assert haul.transactions == haul.receipt["new"] == haul.receipt["read"] > 100
        assert haul.receipt["changed"] == haul.receipt["withdrawn"] == haul.receipt["queued"] == 0

    def test_that_refuses_the_person_says_so(
        self, simulator: Simulator, person: tuple[User, Company]
    ) -> None:
        item = connected(simulator, person, "user-locked")
        with pytest.raises(headless.DidNotArrive, match="LOGIN_ERROR ACCOUNT_LOCKED"):
            headless.wait_for_first_syncs([item], seconds=5)

    def test_that_asks_the_person_something_is_not_waited_for(
        self, simulator: Simulator, person: tuple[User, Company]
    ) -> None:
        item = connected(simulator, person, "user-ok-select")
        with pytest.raises(headless.DidNotArrive, match="WAITING_USER_INPUT"):
            headless.wait_for_first_syncs([item], seconds=5)

    def test_that_is_silent_is_given_up(self, simulator: Simulator, person: tuple[User, Company]) -> None:
        item = headless.connect(*person, login("user-ok"))
        with pytest.raises(headless.DidNotArrive, match="1 of 1 banks brought nothing within 0 seconds"):
            headless.wait_for_first_syncs([item], seconds=0)
