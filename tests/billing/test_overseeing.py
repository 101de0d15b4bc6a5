"""Lists for the staff go on from page to page, and rows of nobody are not found."""

from uuid import uuid4

import pytest
from tests.builders import make_company

from financehub.billing import overseeing
from financehub.billing.models import Subscription
from financehub.billing.overseeing import Wanted
from financehub.core import clock
from financehub.core.errors import Invalid, NotFound

pytestmark = pytest.mark.django_db


def subscribe(number, **fields):
    at = clock.now()
    company = make_company(name=f"Empresa {number}")
    known = {"status": "active", "plan_id": "starter", "created_at": at, "observed_at": at}
    return Subscription.objects.create(company=company, stripe_id=f"sub_{number}", **{**known, **fields})


def test_goes_on_after_the_last_row_shown():
    rows = [subscribe(number) for number in range(5)][::-1]
    first = overseeing.subscriptions(Wanted(), limit=3)
    assert (first.rows, first.next) == (rows[:3], str(rows[2].pk))
    last = overseeing.subscriptions(Wanted(), after=first.next, limit=3)
    assert (last.rows, last.next) == (rows[3:], None)


def test_knows_every_status_of_stripe_by_our_state():
    unpaid, paused = subscribe(1, status="unpaid"), subscribe(2, status="paused")
    subscribe(3)
    assert overseeing.subscriptions(Wanted(status="expired")).rows == [paused, unpaid]
    assert overseeing.subscriptions(Wanted(status="made up")).rows == []


def test_a_mark_and_a_row_that_are_not_ours():
    with pytest.raises(Invalid):
        overseeing.disputes(Wanted(), after="x")
    for find in (
        overseeing.subscription,
        overseeing.case,
        overseeing.dispute,
        overseeing.payment,
        overseeing.task,
    ):
        with pytest.raises(NotFound):
            find(uuid4())


def test_tasks_that_were_done_are_another_list():
    assert overseeing.tasks() == overseeing.tasks(is_open=False) == []
