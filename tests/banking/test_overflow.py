"""Beyond the monthly number of a plan rows are kept, counted in every sum, and shown later."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.banking.noticing.test_news import synced
from tests.billing.test_standing import make_subscription
from tests.builders import make_account, make_company, make_transaction

from financehub.banking import listing, overflow, usage
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import Account, Transaction
from financehub.banking.noticing import digests, news
from financehub.billing import plans, standing
from financehub.billing.models import Subscription
from financehub.companies.models import Company, User
from financehub.core import clock, ids
from financehub.core.errors import LimitReached
from financehub.notifications.models import Notification, TelegramChat

pytestmark = pytest.mark.django_db
LIMIT = plans.STARTER.limits.transactions
EVERYTHING = TransactionFilter()


@pytest.fixture
def starter(settings, bakery: Company) -> Company:
    """The bakery on the plan with a thousand transactions, its period begun ten days ago."""
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    at = clock.now()
    make_subscription(
        bakery, period_start=at - timedelta(days=10), period_end=at + timedelta(days=20), created_at=at
    )
    return bakery


@pytest.fixture
def account(starter: Company) -> Account:
    return make_account(company=starter)


def sync_rows(
    account: Account, count: int, *, day: date | None = None, cents: int = -100
) -> list[Transaction]:
    """Rows as a sync inserts them, in the order of their coming."""
    day = day or clock.today()
    common = {"company_id": account.company_id, "account": account, "type": "DEBIT", "status": "POSTED"}
    rows = [
        Transaction(
            **common,
            pluggy_id=ids.new_id(),
            amount_cents=cents,
            currency="BRL",
            date=day,
            occurred_at=clock.start_of_day(day),
            description="Padaria",
            created_at=clock.now(),
        )
        for _ in range(count)
    ]
    return Transaction.objects.bulk_create(rows)


def shown(company: Company, at: datetime | None = None) -> set[object]:
    rows = listing.filtered(company, EVERYTHING).within(overflow.cap_of(company, at=at))
    return set(rows.values_list("pk", flat=True))


def hidden(company: Company, at: datetime | None = None) -> set[object]:
    rows = listing.filtered(company, EVERYTHING).beyond(overflow.cap_of(company, at=at))
    return set(rows.values_list("pk", flat=True))


class TestBeyondTheLimit:
    def test_the_last_to_come_are_hidden_and_still_counted_in_sums(
        self, starter: Company, account: Account
    ) -> None:
        first = sync_rows(account, LIMIT)
        last = sync_rows(account, 7, day=clock.today() - timedelta(days=3))

        assert hidden(starter) == {row.pk for row in last}
        assert shown(starter) == {row.pk for row in first}
        sums = listing.totals(company=starter, filters=EVERYTHING)
        assert (sums.rows, sums.out_cents) == (LIMIT + 7, (LIMIT + 7) * 100)
        told = overflow.of(starter)
        assert (told.hidden, told.plan) == (7, "professional")
        assert told.shown_from == standing.of(starter).period_end.astimezone(clock.SAO_PAULO).date()

    def test_exactly_the_limit_hides_nothing(self, starter: Company, account: Account) -> None:
        sync_rows(account, LIMIT)
        assert len(shown(starter)) == LIMIT
        assert overflow.of(starter) is None

    def test_what_was_shown_stays_shown_whatever_comes(self, starter: Company, account: Account) -> None:
        sync_rows(account, LIMIT - 1)
        before = shown(starter)
        sync_rows(account, 5, day=clock.today() - timedelta(days=9))
        assert before < shown(starter)
        assert len(shown(starter)) == LIMIT

    def test_a_withdrawn_row_makes_room(self, starter: Company, account: Account) -> None:
        first, second = sync_rows(account, LIMIT), sync_rows(account, 2)
        Transaction.objects.of(starter).filter(pk=first[0].pk).update(withdrawn_at=clock.now())
        assert hidden(starter) == {second[1].pk}

    @pytest.mark.parametrize(
        ("days", "source"),
        [(11, "vendor"), (40, "vendor"), (-21, "vendor"), (0, "manual")],
        ids=["day before the period", "history", "after the period", "by hand"],
    )
    def test_what_no_plan_counts_is_never_hidden(
        self, starter: Company, account: Account, days: int, source: str
    ) -> None:
        sync_rows(account, LIMIT)
        row = make_transaction(account=account, source=source, date=clock.today() - timedelta(days=days))
        assert row.pk in shown(starter)
        assert overflow.of(starter) is None

    def test_history_of_a_first_sync_is_free(self, starter: Company, account: Account) -> None:
        sync_rows(account, LIMIT)
        fresh = make_account(company=starter, item=account.item, counts_from=clock.today())
        history = sync_rows(fresh, 3, day=clock.today() - timedelta(days=2))
        news = sync_rows(fresh, 2)
        assert hidden(starter) == {row.pk for row in news}
        assert {row.pk for row in history} <= shown(starter)

    def test_a_larger_plan_shows_them_at_once(self, starter: Company, account: Account) -> None:
        sync_rows(account, LIMIT + 7)
        Subscription.objects.of(starter).update(plan_id="professional")
        assert len(shown(starter)) == LIMIT + 7

    def test_the_next_period_shows_them(self, starter: Company, account: Account) -> None:
        sync_rows(account, LIMIT + 7)
        next_month = clock.now() + timedelta(days=25)
        Subscription.objects.of(starter).update(
            period_start=clock.now() + timedelta(days=20), period_end=clock.now() + timedelta(days=50)
        )
        assert hidden(starter, next_month) == set()

    def test_who_has_no_plan_any_more_reads_everything(self, starter: Company, account: Account) -> None:
        sync_rows(account, LIMIT + 7)
        Subscription.objects.of(starter).update(status="canceled")
        much_later = clock.now() + timedelta(days=15)
        assert standing.of(starter, at=much_later).plan is plans.READ_ONLY
        assert len(shown(starter, much_later)) == LIMIT + 7

    def test_another_companys_rows_count_nothing_here(self, starter: Company, account: Account) -> None:
        other = make_account(company=make_company())
        sync_rows(other, LIMIT)
        sync_rows(account, 3)
        assert len(shown(starter)) == 3

    def test_a_hidden_row_is_refused_with_what_the_contract_names(
        self, starter: Company, account: Account
    ) -> None:
        rows = sync_rows(account, LIMIT + 2)
        overflow.require_shown(rows[LIMIT - 1], starter)
        with pytest.raises(LimitReached) as refused:
            overflow.require_shown(rows[LIMIT], starter)
        assert refused.value.details == {
            "current": LIMIT + 2,
            "limit": LIMIT,
            "upgrade_required": True,
            "suggested_plan": "professional",
            "deed": "transaction",
        }


def test_nobody_is_told_of_a_row_that_is_out_of_sight(starter: Company, account: Account, ana: User) -> None:
    TelegramChat.objects.create(person=ana, chat_id=501, linked_at=clock.now())
    for number in range(10):
        sync_rows(account, 1, day=clock.today() - timedelta(days=12 + 10 * number))
    (seen, *_) = sync_rows(account, LIMIT - 1, cents=-101)
    rows = [seen, *sync_rows(account, 2, cents=-90_000)]
    hidden_rows = sync_rows(account, 1, cents=-990_000) + sync_rows(account, 1, cents=700_000)
    Transaction.objects.of(starter).filter(pk=hidden_rows[-1].pk).update(category_id="01010000")
    told_of = Transaction.objects.of(starter).filter(created_at__lt=rows[0].created_at)
    told_of.update(created_at=clock.now() - timedelta(hours=1))

    news.tell_of_sync(synced(account, *rows[1:]).pk)

    told = Notification.objects.of(starter).filter(kind__in=["new_spending", "unusual_spending", "salary_in"])
    assert {row.object_id for row in told} == {str(rows[1].pk)}


def test_a_digest_counts_what_is_out_of_sight_and_names_none_of_it(
    starter: Company, account: Account, ana: User
) -> None:
    sync_rows(account, LIMIT)
    sync_rows(account, 1, cents=-990_000)
    digests.tell_digests(at=clock.start_of_day(clock.today()) + timedelta(days=1, hours=8))
    words = Notification.objects.of(starter).get(kind="transactions_digest", person=ana).words
    assert (words["count"], words["money_out"]) == (LIMIT + 1, "R$ 10.900,00")
    assert "9.900" not in words["lines"]


def test_a_page_of_a_limited_plan_reads_the_rows_once(starter: Company, account: Account) -> None:
    sync_rows(account, LIMIT + 60)
    with CaptureQueriesContext(connection) as asked:
        page = listing.page(company=starter, filters=EVERYTHING)
    assert len(page.rows) == 50
    from_rows = [query["sql"] for query in asked if 'SELECT "banking_transaction"' in query["sql"]]
    assert len(from_rows) == 1


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("sync"), st.integers(1, 6), st.integers(-3, 40)),
        st.tuples(st.just("plan"), st.sampled_from([3, 8, None])),
        st.tuples(st.just("period"), st.just(0)),
        st.tuples(st.just("withdraw"), st.integers(1, 4)),
        st.tuples(st.just("return"), st.just(0)),
    ),
    min_size=3,
    max_size=12,
)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_whatever_happens_in_whatever_order_nothing_is_lost(
    starter: Company, account: Account, steps: list[tuple[Any, ...]]
) -> None:
    """Shown and hidden are all there is, no row is both, sums are of all, and at most the limit is counted."""
    rows, stored = Transaction.objects.of(starter), 0
    rows.delete()
    cap = replace(usage.cap_of(starter, standing.of(starter), at=clock.now()), limit=3)
    for kind, *numbers in steps:
        seen = set(rows.visible().within(cap).values_list("pk", flat=True))
        if kind == "sync":
            stored += len(sync_rows(account, numbers[0], day=clock.today() - timedelta(days=numbers[1])))
        elif kind == "plan":
            cap = replace(cap, limit=numbers[0])
        elif kind == "period":
            cap = replace(cap, starts=cap.ends, ends=cap.ends + timedelta(days=30))
        else:
            _withdraw_or_return(starter, kind, numbers[0])
        now = set(rows.visible().within(cap).values_list("pk", flat=True))
        out = set(rows.visible().beyond(cap).values_list("pk", flat=True))
        everything = set(rows.visible().values_list("pk", flat=True))
        assert now | out == everything
        assert not now & out
        assert rows.count() == stored
        assert listing.totals(company=starter, filters=EVERYTHING).out_cents == 100 * len(everything)
        counted = now & set(rows.metered(cap).values_list("pk", flat=True))
        assert cap.limit is None or len(counted) <= cap.limit
        assert not out or len(counted) == cap.limit  # nothing is hidden while there is room
        if kind == "sync":
            assert seen <= now  # nothing that was read disappears because something came


def _withdraw_or_return(company: Company, kind: str, count: int) -> None:
    rows = Transaction.objects.of(company)
    if kind == "return":
        rows.update(withdrawn_at=None)
    else:
        keys = list(rows.visible().values_list("pk", flat=True)[:count])
        rows.filter(pk__in=keys).update(withdrawn_at=clock.now())
