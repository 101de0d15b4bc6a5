"""A person closes a gap with a written reason, and can take it back."""

import pytest
from tests.builders import make_account, make_transaction

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking.balances import adjusting, checking
from financehub.banking.models import Account, BalanceObservation, GapReport
from financehub.core import clock
from financehub.core.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def account() -> Account:
    """An account whose bank has R$ 77,77 less than its rows."""
    account = make_account(balance_cents=50_000, balance_at=clock.now())
    checking.check_read([account], wrote=set())
    say(account, 42_223)
    return account


def say(account: Account, cents: int) -> None:
    account.balance_cents, account.balance_at = cents, clock.now()
    account.save()
    checking.check_read([account], wrote=set())


def is_open(account: Account) -> bool:
    return GapReport.objects.of(account.company_id).open().filter(account=account).exists()


def test_an_adjustment_closes_the_gap_and_says_who_and_why(account: Account, by_ana: Actor) -> None:
    adjustment = adjusting.adjust(account=account, note=" tarifa antiga ", by=by_ana)
    assert (adjustment.cents, adjustment.note, adjustment.causes) == (
        -7777,
        "tarifa antiga",
        ["missing_rows"],
    )
    assert adjustment.user_id == by_ana.id
    assert not is_open(account)
    assert GapReport.objects.of(account.company_id).get().closed_by == "adjusted"
    assert AuditLog.objects.get(action="company.gap_adjusted").object_id == str(adjustment.pk)


def test_the_balance_is_computed_with_it_from_then_on(account: Account, by_ana: Actor) -> None:
    adjusting.adjust(account=account, note="x", by=by_ana)
    say(account, 42_223 - 0)
    say(account, 40_000)
    last = BalanceObservation.objects.of(account.company_id).order_by("-seen_at")[0]
    assert (last.computed_cents, last.gap_cents) == (42_223, -2223)


def test_taking_it_back_opens_the_gap_again(account: Account, by_ana: Actor) -> None:
    adjusting.adjust(account=account, note="x", by=by_ana)
    adjusting.undo(account=account, by=by_ana)
    assert is_open(account)
    assert AuditLog.objects.filter(action="company.gap_adjustment_undone").count() == 1


def test_it_can_be_taken_back_after_the_balance_was_right_with_it(account: Account, by_ana: Actor) -> None:
    adjusting.adjust(account=account, note="x", by=by_ana)
    account.automatically_invested_cents = 5
    say(account, 42_223)
    adjusting.undo(account=account, by=by_ana)
    assert [report.gap_cents for report in GapReport.objects.of(account.company_id).open()] == [-7777]


def test_a_balance_that_adds_up_has_nothing_to_adjust(by_ana: Actor) -> None:
    with pytest.raises(adjusting.NoGap):
        adjusting.adjust(account=make_account(), note="x", by=by_ana)


def test_a_reason_is_needed(account: Account, by_ana: Actor) -> None:
    with pytest.raises(Invalid):
        adjusting.adjust(account=account, note="  ", by=by_ana)


def test_without_an_adjustment_there_is_nothing_to_take_back(account: Account, by_ana: Actor) -> None:
    with pytest.raises(adjusting.NoAdjustment):
        adjusting.undo(account=account, by=by_ana)


def test_an_adjustment_that_a_late_row_makes_superfluous_is_named(account: Account, by_ana: Actor) -> None:
    adjustment = adjusting.adjust(account=account, note="x", by=by_ana)
    account.automatically_invested_cents = 5
    say(account, 42_223)
    make_transaction(account=account, amount_cents=-7777)
    checking.check_read([account], wrote={account.pk})
    (part,) = GapReport.objects.of(account.company_id).open().get().parts
    assert (part["cause"], part["cents"], part["hint"]) == ("manual_row", 7777, "adjustment_outdated")
    assert part["rows"] == [str(adjustment.pk)]
