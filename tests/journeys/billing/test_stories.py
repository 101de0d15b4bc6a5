"""Every story ends as its file says, and our books equal Stripe's to the cent, told in order or not."""

import pytest
from tests.journeys.billing import books
from tests.journeys.billing.names import names
from tests.journeys.billing.telling import Teller

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TOLD_IN_TIME_ONLY = "renewal_ahead"  # a week's warning that comes after the renewal is not said


@pytest.mark.parametrize("name", names())
def test_a_story_ends_as_its_file_says(march, name):
    teller = Teller(march, name)
    teller.tell()
    assert teller.outcome() == teller.story["expect"]
    assert books.differences(march) == []


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", ["unpaid", "fixed_on_day_8", "two_tabs", "boleto_paid"])
def test_a_story_ends_the_same_when_events_come_late_twice_and_in_any_order(march, name, seed):
    teller = Teller(march, name, seed)
    teller.tell()
    told, expected = teller.outcome(), teller.story["expect"]
    for outcome in (told, expected):
        outcome["notices"] = [kind for kind in outcome["notices"] if kind != TOLD_IN_TIME_ONLY]
    assert told == expected
    assert books.differences(march) == []
