"""Of the accounts of a bank as many are synced as the plan allows; a person chooses which, and loses nothing."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.banking.stories import Bank, connect, sync
from tests.billing.test_standing import make_subscription
from tests.builders import make_account, make_company, make_connector, make_item
from tests.racing import race
from tests.simulator import Simulator

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM, Actor
from financehub.banking import allotting, collecting, pluggy, verifying
from financehub.banking.models import Account, Item, Sync, SyncAccount, Transaction
from financehub.billing.models import Subscription
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import LimitReached, NotFound
from financehub.core.models import Lease


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks):
    """What is asked for on commit runs at the end of the block."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def starter(settings, bakery: Company) -> Company:
    """The bakery on the plan with three accounts."""
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    make_subscription(bakery)
    return bakery


def upgrade(company: Company, plan: str = "professional") -> None:
    Subscription.objects.of(company).update(plan_id=plan)


def others(company: Company, count: int) -> list[Account]:
    """Accounts of another bank that have their place already."""
    item = make_item(company=company, connector=make_connector(id=3, name="Outro Banco"))
    return [make_account(item=item, name=f"Outra {number}") for number in range(count)]


def take_back() -> int:
    """As when the last look is minutes ago."""
    Lease.objects.filter(name="banking:take-back").delete()
    return allotting.take_back()


def rows_of(account: Account) -> dict[str, tuple[int, bool]]:
    rows = Transaction.objects.of(account.company_id).filter(account=account)
    return {str(row.pluggy_id): (row.amount_cents, row.withdrawn_at is None) for row in rows}


@pytest.fixture
def crowded(simulator: Simulator, starter: Company) -> Bank:
    """A bank of several accounts, synced while the plan had one place left."""
    others(starter, 2)
    bank = connect(simulator, starter)
    assert sync(bank).status == "SUCCEEDED"
    return bank


@pytest.mark.django_db
class TestAccountsSeenForTheFirstTime:
    def test_are_synced_while_there_are_places_and_listed_beyond(self, crowded: Bank) -> None:
        mine = list(Account.objects.of(crowded.company).filter(item=crowded.item))
        synced = [account for account in mine if account.sync_place]
        assert len(mine) > 1
        assert len(synced) == 1
        assert rows_of(synced[0])
        for account in mine:
            if account not in synced:
                assert rows_of(account) == {}
                assert account.read_from is None
                assert account.left_out_since is not None
                assert account.balance_at is not None  # listed with its balance
        receipts = SyncAccount.objects.of(crowded.company).values_list("account_id", flat=True)
        assert list(receipts) == [synced[0].pk]

    def test_all_have_a_place_where_nothing_is_sold(self, synced_bank: Bank) -> None:
        accounts = Account.objects.of(synced_bank.company)
        assert accounts.filter(sync_place=None).count() == 0
        assert allotting.line_of(synced_bank.company).limit is None


@pytest.mark.django_db(transaction=True)
def test_two_banks_at_once_take_no_more_places_than_there_are(
    settings, simulator: Simulator, bakery: Company
) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    make_subscription(bakery)
    others(bakery, 1)
    banks = [connect(simulator, bakery), connect(simulator, bakery, "user-ok", 2)]

    def collect(item: Item) -> list[Account]:
        return collecting.collect_accounts(item, pluggy.client(), at=clock.now())

    ended = race(*(partial(collect, bank.item) for bank in banks))
    assert not [end for end in ended if isinstance(end, Exception)]
    assert Account.objects.of(bakery).placed().count() == 3
    assert Account.objects.of(bakery).of_banks().count() > 3


@pytest.mark.django_db
class TestChoosing:
    def test_another_account_instead_reads_its_whole_history(self, crowded: Bank, ana, on_commit) -> None:
        company = crowded.company
        read = next(a for a in Account.objects.of(company).filter(item=crowded.item) if a.sync_place)
        left = Account.objects.of(company).filter(item=crowded.item, sync_place=None).first()
        by = Actor("user", ana.pk)

        with on_commit(execute=True):
            line = allotting.choose(company=company, start=[left.pk], stop=[read.pk], by=by)

        assert left.pk in line.synced
        assert read.pk not in line.synced
        assert len(line.synced) == 3
        left.refresh_from_db()
        assert rows_of(left)
        assert left.left_out_since is None
        assert left.counts_from == clock.today()
        told = AuditLog.objects.filter(company_id=company.pk, action__startswith="open_finance.account_sync")
        assert {(row.action, row.object_id, row.actor_id) for row in told} == {
            ("open_finance.account_sync_chosen", str(left.pk), ana.pk),
            ("open_finance.account_sync_left", str(read.pk), ana.pk),
        }

    def test_more_than_the_plan_has_changes_nothing_and_names_the_next_plan(self, crowded: Bank) -> None:
        left = Account.objects.of(crowded.company).filter(item=crowded.item, sync_place=None).first()
        before = allotting.line_of(crowded.company)
        with pytest.raises(LimitReached) as refused:
            allotting.choose(company=crowded.company, start=[left.pk], stop=[], by=SYSTEM)
        assert refused.value.details["current"] == 3
        assert refused.value.details["limit"] == 3
        assert refused.value.details["suggested_plan"] == "professional"
        assert allotting.line_of(crowded.company) == before

    @pytest.mark.parametrize("strange", ["manual", "foreign", "disconnected"])
    def test_only_accounts_of_the_companys_own_live_banks(self, starter: Company, strange: str) -> None:
        made = {
            "manual": lambda: make_account(company=starter, is_manual=True),
            "foreign": lambda: make_account(company=make_company()),
            "disconnected": lambda: make_account(
                item=make_item(company=starter, disconnected_at=clock.now()), sync_place=None
            ),
        }[strange]()
        with pytest.raises(NotFound):
            allotting.choose(company=starter, start=[made.pk], stop=[], by=SYSTEM)

    def test_asking_again_for_what_is_so_already_says_nothing(self, starter: Company) -> None:
        mine = others(starter, 2)
        allotting.choose(company=starter, start=[mine[0].pk], stop=[], by=SYSTEM)
        assert not AuditLog.objects.filter(action__startswith="open_finance.account_sync").exists()


@pytest.mark.django_db
class TestASmallerPlan:
    def test_keeps_the_first_in_line_and_takes_the_rest_back_with_a_larger_one(
        self, starter: Company
    ) -> None:
        upgrade(starter)
        keys = [account.pk for account in others(starter, 5)]
        assert list(allotting.line_of(starter).synced) == keys
        upgrade(starter, "starter")
        line = allotting.line_of(starter)
        assert (list(line.synced), list(line.waiting), line.free) == (keys[:3], keys[3:], 0)
        upgrade(starter)
        assert list(allotting.line_of(starter).synced) == keys

    def test_lets_one_that_waits_change_places(self, starter: Company) -> None:
        upgrade(starter)
        first, second, third, fourth, fifth = (account.pk for account in others(starter, 5))
        upgrade(starter, "starter")
        line = allotting.choose(company=starter, start=[fifth], stop=[first], by=SYSTEM)
        assert line.synced == (second, third, fifth)
        assert line.waiting == (fourth,)

    def test_a_place_that_gets_free_goes_to_who_waits(self, starter: Company) -> None:
        upgrade(starter)
        keys = [account.pk for account in others(starter, 4)]
        upgrade(starter, "starter")
        line = allotting.choose(company=starter, start=[], stop=[keys[0]], by=SYSTEM)
        assert list(line.synced) == keys[1:]

    def test_without_any_plan_nothing_can_start(self, starter: Company) -> None:
        mine = others(starter, 1)
        Subscription.objects.of(starter).update(status="canceled")
        Company.objects.filter(pk=starter.pk).update(created_at=clock.now() - timedelta(days=30))
        starter.refresh_from_db()
        assert allotting.line_of(starter).synced == ()
        with pytest.raises(LimitReached):
            allotting.choose(company=starter, start=[mine[0].pk], stop=[], by=SYSTEM)


@pytest.mark.django_db
class TestAnAccountThatWasLeftOut:
    def test_catches_up_with_all_that_happened_meanwhile(self, crowded: Bank, on_commit) -> None:
        """What came, changed and vanished while it was left out, however old: nothing here and there differs."""
        company, vendor = crowded.company, pluggy.client()
        account = Account.objects.of(company).placed().filter(item=crowded.item).get()
        allotting.choose(company=company, start=[], stop=[account.pk], by=SYSTEM)
        before = rows_of(account)
        crowded.mutate("backdated", account, amount="-77.10", days=45)
        crowded.mutate("delete", account)
        old = Transaction.objects.of(company).filter(account=account).order_by("date").first()
        crowded.mutate("amount", account, transactionId=str(old.pluggy_id), amount="-0.07")
        assert sync(crowded).status == "SUCCEEDED"
        assert rows_of(account) == before
        assert verifying.compare(account, vendor).differing

        with on_commit(execute=True):
            allotting.choose(company=company, start=[account.pk], stop=[], by=SYSTEM)

        account.refresh_from_db()
        assert verifying.compare(account, vendor).differing == []
        assert -7710 in [cents for cents, _ in rows_of(account).values()]
        assert rows_of(account)[str(old.pluggy_id)] == (-7, True)
        assert before.keys() <= rows_of(account).keys()  # withdrawn, not gone
        assert account.left_out_since is None
        last = Sync.objects.of(company).order_by("-requested_at").first()
        days = crowded.item.connector.first_sync_days
        assert last.window_from == clock.today() - timedelta(days=days)

    def test_is_taken_back_by_the_clock_once_the_plan_is_larger(self, crowded: Bank, on_commit) -> None:
        company = crowded.company
        upgrade(company)
        left = list(Account.objects.of(company).filter(item=crowded.item, sync_place=None))
        with on_commit(execute=True):
            allotting.choose(company=company, start=[one.pk for one in left], stop=[], by=SYSTEM)
        upgrade(company, "starter")
        assert sync(crowded, full=True).status == "SUCCEEDED"
        upgrade(company)
        assert take_back() == 0  # its bank was looked at a moment ago
        Sync.objects.of(company).update(requested_at=clock.now() - timedelta(hours=1))
        with on_commit(execute=True):
            assert take_back() == 1
            assert allotting.take_back() == 0  # not again so soon
        for one in left:
            one.refresh_from_db()
            assert one.left_out_since is None
            assert rows_of(one)
        assert take_back() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_place_at_once_one_gets_it(settings, bakery: Company) -> None:
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    make_subscription(bakery)
    others(bakery, 2)
    item, at = make_item(company=bakery), clock.now()
    running = {"status": "RUNNING", "lease_until": at + timedelta(hours=1), "trigger": "timer"}
    Sync.objects.create(company=bakery, item=item, due_at=at, requested_at=at, **running)
    free = [make_account(item=item, sync_place=None) for _ in range(2)]

    def take(account: Account) -> object:
        return allotting.choose(company=bakery, start=[account.pk], stop=[], by=SYSTEM)

    ended = race(*(partial(take, account) for account in free))
    assert sorted(type(end).__name__ for end in ended) == ["LimitReached", "Line"]
    assert Account.objects.of(bakery).placed().count() == 3


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("plan"), st.sampled_from(["starter", "professional", "enterprise"])),
        st.tuples(st.just("bank"), st.integers(1, 4)),
        st.tuples(
            st.just("choose"),
            st.tuples(
                st.sets(st.integers(0, 11), max_size=4),
                st.sets(st.integers(0, 11), max_size=4),
            ),
        ),
    ),
    min_size=3,
    max_size=12,
)


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(DEEDS)
def test_whatever_is_bought_connected_and_chosen_no_place_is_spent_twice(
    starter: Company, deeds: list[tuple[str, Any]]
) -> None:
    """Every account is synced, waits or is left out; never more than the plan has; none waits beside a free place."""
    Item.objects.of(starter).delete()
    upgrade(starter, "starter")
    item = make_item(company=starter, status="LOGIN_ERROR")
    at = clock.now()
    sync_row = {"status": "RUNNING", "trigger": "timer", "due_at": at, "requested_at": at}
    Sync.objects.create(company=starter, item=item, lease_until=at, **sync_row)
    accounts: list[Account] = []
    for kind, what in deeds:
        before = allotting.line_of(starter)
        if kind == "plan":
            upgrade(starter, what)
        elif kind == "bank":
            fresh = [make_account(item=item, sync_place=None) for _ in range(what)]
            accounts += fresh
            allotting.take_in(starter, fresh)
        else:
            start, stop = ({accounts[n].pk for n in numbers if n < len(accounts)} for numbers in what)
            try:
                allotting.choose(company=starter, start=start - stop, stop=stop - start, by=SYSTEM)
            except LimitReached:
                assert allotting.line_of(starter) == before
        line = allotting.line_of(starter)
        assert line.limit is None or len(line.synced) <= line.limit
        assert not set(line.synced) & set(line.waiting)
        assert not line.waiting or line.free == 0
        left_out = Account.objects.of(starter).filter(sync_place=None).count()
        assert len(line.synced) + len(line.waiting) + left_out == len(accounts)
        if kind == "bank":
            assert line.synced[: len(before.synced)] == before.synced  # who comes later pushes nobody out
