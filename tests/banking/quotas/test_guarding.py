"""A call that would spend a spent limit is not made."""

import pytest
from tests.banking.quotas.items import execution, open_finance, this_month
from tests.builders import make_item

from financehub.audit.recording import Actor
from financehub.banking import answering
from financehub.banking.models import Item
from financehub.banking.quotas import guarding, spending

pytestmark = pytest.mark.django_db


def refused(product: str, code: str) -> Item:
    detail = {product: {"isUpdated": False, "warnings": [{"code": code, "message": "x"}]}}
    item = execution(open_finance(), this_month(1), **detail)
    spending.count_execution(item)
    return item


def test_a_live_balance_waits_for_the_first_of_the_month() -> None:
    item = open_finance()
    spending.count_balance(item, refused=True)
    with pytest.raises(guarding.QuotaSpent) as refusal:
        guarding.check_balance(item)
    assert refusal.value.details["quota"] == "accounts_balance"
    assert str(refusal.value.details["returns_on"]).endswith("-01")


def test_a_refresh_is_refused_when_every_update_needs_what_is_spent(by_ana: Actor) -> None:
    with pytest.raises(guarding.QuotaSpent):
        answering.refresh_item(item=refused("transactions", "TXN_003"), by=by_ana)


def test_a_weekly_limit_that_is_spent_stops_no_refresh() -> None:
    guarding.check_refresh(refused("transactions", "TXN_006"))


def test_nothing_is_refused_outside_open_finance() -> None:
    guarding.check_refresh(make_item(products=["ACCOUNTS"]))
