"""The numbers of the page come from standing, use and the mirror."""

import pytest
from tests.billing.conftest import shop  # noqa: F401 - fixture
from tests.builders import make_account

from financehub.billing import plans
from financehub.billing.plans import Period
from financehub.web.billing import sheets

pytestmark = pytest.mark.django_db


def test_a_trial_has_nothing_to_change(shop):  # noqa: F811
    found = sheets.sheet(shop.company)
    assert (found.standing.plan.id, found.days_left, found.live, found.invoices) == ("trial", 14, None, [])
    assert [offer.month_cents for offer in found.offers] == [2900, 7900, 19900]


def test_a_subscription_marks_its_own_offer(shop):  # noqa: F811
    shop.buy("professional", "yearly")
    found = sheets.sheet(shop.company)
    assert [offer.current_period for offer in found.offers] == ["", "yearly", ""]
    assert [(bill.total_cents, str(words)) for bill, words in found.invoices] == [(79000, "paga")]


def test_a_change_tells_what_becomes_read_only(shop):  # noqa: F811
    shop.buy("professional", "monthly")
    for _ in range(4):
        make_account(company=shop.company, number_last4="9876")
    found = sheets.confirmation(shop.company, plans.STARTER, Period.MONTHLY)
    assert (found.due_cents, found.later_at is None) == (0, False)
    (over,) = found.over
    assert (str(over.name), over.current, over.limit) == ("Contas de bancos", 4, 3)
    assert over.names == ["Pluggy Bank: Conta Corrente 9876"]
    assert "o saldo continua" in str(over.effect)


def test_a_plan_tells_before_it_is_bought_what_it_would_leave_waiting(shop):  # noqa: F811
    for _ in range(4):
        make_account(company=shop.company)
    starter, professional, _ = sheets.sheet(shop.company).offers
    assert [(str(one.name), len(one.names)) for one in starter.over] == [("Contas de bancos", 1)]
    assert professional.over == []


def test_a_plan_that_may_not_connect_says_so(shop, settings):  # noqa: F811
    settings.CONNECT_PLANS = ["enterprise"]
    assert [offer.connects for offer in sheets.sheet(shop.company).offers] == [False, False, True]
