"""The plans as they are advertised."""

import pytest

from financehub.billing import plans
from financehub.billing.plans import Period


@pytest.mark.parametrize(
    ("plan_id", "month", "year", "accounts", "transactions"),
    [
        ("starter", 2900, 29000, 3, 1000),
        ("professional", 7900, 79000, 10, 5000),
        ("enterprise", 19900, 199000, None, None),
    ],
)
def test_a_plan_costs_and_allows(plan_id, month, year, accounts, transactions):
    plan = plans.find(plan_id)
    assert plan is not None
    assert (plan.price_cents(Period.MONTHLY), plan.price_cents(Period.YEARLY)) == (month, year)
    assert (plan.limits.bank_accounts, plan.limits.transactions) == (accounts, transactions)


def test_a_price_is_found_again_by_its_lookup_key():
    for plan, period in plans.offers():
        assert plans.by_lookup_key(plan.lookup_key(period)) == (plan, period)
    assert plans.by_lookup_key("somebody_elses") is None
    assert plans.by_lookup_key(None) is None


def test_nobody_buys_the_trial():
    assert plans.find("trial") is None
    with pytest.raises(ValueError, match="not for sale"):
        plans.TRIAL.price_cents(Period.MONTHLY)
