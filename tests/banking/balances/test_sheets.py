"""What a page says about a balance."""

import pytest
from tests.builders import make_account, make_transaction

from financehub.banking.balances import checking, sheets
from financehub.banking.models import Account
from financehub.core import clock

pytestmark = pytest.mark.django_db


def say(account: Account, cents: int, *, wrote: bool = False) -> None:
    account.balance_cents, account.balance_at = cents, clock.now()
    account.save()
    checking.check_read([account], wrote={account.pk} if wrote else set())


def test_an_account_never_observed_has_no_days() -> None:
    sheet = sheets.sheet(make_account())
    assert (sheet.is_observed, sheet.report, sheet.reasons, sheet.adjustments) == (False, None, [], [])


def test_a_day_shows_its_last_look() -> None:
    account = make_account()
    say(account, 1000)
    say(account, 900)
    (line,) = sheets.sheet(account).days
    assert (line.day, line.bank_cents, line.computed_cents, line.gap_cents) == (
        clock.today(),
        900,
        1000,
        -100,
    )


def test_a_reason_brings_its_rows() -> None:
    account = make_account()
    first = make_transaction(account=account, amount_cents=-1830)
    say(account, 1000)
    copy = make_transaction(account=account, amount_cents=-1830)
    say(account, 1000, wrote=True)
    (reason,) = sheets.sheet(account).reasons
    assert (reason.cause, reason.cents, [row.pk for row in reason.rows]) == (
        "duplicate",
        1830,
        [copy.pk, first.pk],
    )


def test_open_gaps_are_those_of_the_company_in_accounts_in_use() -> None:
    account, archived = make_account(), make_account(archived_at=clock.now())
    for one in (account, archived, make_account()):
        say(one, 1000)
        say(one, 900)
    assert [report.account for report in sheets.open_gaps(account.company)] == [account]
    assert sheets.open_gaps(archived.company) == []
