"""The list of transactions: filters, keyset pages, sums."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from tests.builders import make_account, make_company, make_transaction

from financehub.banking import listing, searching
from financehub.banking.listing import IN, NO_CATEGORY, OUT, TransactionFilter
from financehub.banking.models import Account, Transaction
from financehub.companies.models import Company
from financehub.core import clock
from financehub.core.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(bakery: Company) -> Account:
    return make_account(company=bakery)


def names(company: Company, **wanted: object) -> list[str]:
    page = listing.page(company=company, filters=TransactionFilter(**wanted))  # type: ignore[arg-type]
    return [row.description for row in page.rows]


class TestPage:
    def test_shows_the_newest_day_first(self, bakery: Company, account: Account) -> None:
        today = clock.today()
        for days, description in ((2, "anteontem"), (0, "hoje"), (1, "ontem")):
            make_transaction(account=account, date=today - timedelta(days=days), description=description)

        assert names(bakery) == ["hoje", "ontem", "anteontem"]

    def test_walks_through_every_row_once(self, bakery: Company, account: Account) -> None:
        for number in range(7):
            make_transaction(account=account, description=str(number))
        seen, after = [], None
        for _ in range(4):
            page = listing.page(company=bakery, filters=TransactionFilter(), after=after, limit=2)
            seen += [row.description for row in page.rows]
            after = page.next

        assert sorted(seen) == list("0123456")
        assert after is None

    def test_says_there_is_no_next_page_when_the_rows_end_exactly(
        self, bakery: Company, account: Account
    ) -> None:
        make_transaction(account=account)
        make_transaction(account=account)

        assert listing.page(company=bakery, filters=TransactionFilter(), limit=2).next is None

    @pytest.mark.parametrize("cursor", ["x", "2026-01-01", "2026-13-01.0", "'; DROP TABLE"])
    def test_refuses_a_cursor_that_is_not_its_own(self, bakery: Company, cursor: str) -> None:
        with pytest.raises(Invalid):
            listing.page(company=bakery, filters=TransactionFilter(), after=cursor)

    def test_shows_nothing_of_another_company(self, bakery: Company, account: Account) -> None:
        make_transaction(account=make_account(company=make_company()))

        assert names(bakery) == []

    def test_shows_nothing_for_an_account_of_another_company(self, bakery: Company) -> None:
        stranger = make_transaction()

        assert names(bakery, account_id=stranger.account_id) == []

    def test_takes_as_many_queries_for_one_row_as_for_many(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account)
        with CaptureQueriesContext(connection) as one:
            names(bakery)
        for _ in range(5):
            make_transaction(account=make_account(company=bakery, item=account.item))
        with CaptureQueriesContext(connection) as many:
            [row.account.item for row in listing.page(company=bakery, filters=TransactionFilter()).rows]

        assert len(many) == len(one)


class TestFilters:
    def test_keeps_the_days_asked_for_inclusive(self, bakery: Company, account: Account) -> None:
        for day in (9, 10, 11, 12):
            make_transaction(account=account, date=date(2026, 3, day), description=str(day))

        assert names(bakery, from_date=date(2026, 3, 10), to_date=date(2026, 3, 11)) == ["11", "10"]

    def test_keeps_one_direction(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, amount_cents=100, description="entrou")
        make_transaction(account=account, amount_cents=-100, description="saiu")

        assert names(bakery, direction=IN) == ["entrou"]
        assert names(bakery, direction=OUT) == ["saiu"]

    def test_keeps_one_status(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, status=Transaction.Status.PENDING, description="pendente")
        make_transaction(account=account)

        assert names(bakery, status="PENDING") == ["pendente"]

    def test_keeps_one_connection(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, description="desta")
        make_transaction(account=make_account(company=bakery))

        assert names(bakery, item_id=account.item_id) == ["desta"]

    def test_finds_a_category_with_its_children_and_not_its_neighbours(
        self, bakery: Company, account: Account
    ) -> None:
        for category in ("19050000", "19050001", "19010000", "07010000"):
            make_transaction(account=account, category_id=category, description=category)

        assert sorted(names(bakery, category_id="19050000")) == ["19050000", "19050001"]
        assert sorted(names(bakery, category_id="19000000")) == ["19010000", "19050000", "19050001"]
        assert names(bakery, category_id="19050001") == ["19050001"]

    def test_trusts_a_persons_category_before_the_vendors(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, category_id="11010000", own_category_id="10000000")

        assert len(names(bakery, category_id="10000000")) == 1
        assert names(bakery, category_id="11010000") == []

    def test_finds_rows_without_a_category(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, description="nada")
        make_transaction(account=account, category_id="10000000")

        assert names(bakery, category_id=NO_CATEGORY) == ["nada"]

    def test_hides_what_was_withdrawn_or_deleted_unless_asked(
        self, bakery: Company, account: Account
    ) -> None:
        make_transaction(account=account, description="fica")
        make_transaction(account=account, description="retirada", withdrawn_at=clock.now())
        make_transaction(account=account, description="apagada", deleted_at=clock.now())

        assert names(bakery) == ["fica"]
        assert sorted(names(bakery, with_hidden=True)) == ["apagada", "fica", "retirada"]


class TestSearch:
    @pytest.mark.parametrize("text", ["padaria", "PADARIA", "estrela pad", "ana", "reembolso"])
    def test_looks_in_every_text_of_a_row(self, bakery: Company, account: Account, text: str) -> None:
        make_transaction(
            account=account,
            description="Padaria Estrela",
            counterparty_name="Ana Souza",
            own_note="pedir reembolso",
        )
        make_transaction(account=account, description="Mercado")

        assert names(bakery, text=text) == ["Padaria Estrela"]

    def test_finds_accented_words_in_either_case(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, description="SALÁRIO MENSAL")

        assert names(bakery, text="salário") == ["SALÁRIO MENSAL"]

    @pytest.mark.parametrize("text", ["1.234,56", "1234,56", "1234.56"])
    def test_finds_an_amount_in_either_direction(self, bakery: Company, account: Account, text: str) -> None:
        make_transaction(account=account, amount_cents=-123456, description="saiu")
        make_transaction(account=account, amount_cents=123456, description="entrou")
        make_transaction(account=account, amount_cents=-123400)

        assert sorted(names(bakery, text=text)) == ["entrou", "saiu"]

    def test_a_screen_of_it_searches_once(self, bakery: Company, account: Account) -> None:
        for number in range(4):
            make_transaction(
                account=account, description="Padaria", date=clock.days_before(clock.today(), number)
            )
        make_transaction(account=account, description="Padaria", date=clock.days_before(clock.today(), -2))
        make_transaction(account=account, description="Padaria", date=clock.days_before(clock.today(), -1))
        make_transaction(account=account, description="Mercado")
        searching.catch_up()
        with CaptureQueriesContext(connection) as queries:
            look = listing.look(company=bakery, filters=TransactionFilter(text="pada"), limit=3)
        assert sum("words" in query["sql"] for query in queries) == 1
        assert [row.date for row in look.coming] == sorted(row.date for row in look.coming)
        assert (len(look.page.rows), len(look.coming), look.totals.rows) == (3, 2, 6)
        rest = listing.look(
            company=bakery, filters=TransactionFilter(text="pada"), after=look.page.next, limit=3
        )
        assert (len(rest.page.rows), rest.coming, rest.page.next) == (1, [], None)
        assert (
            rest.totals
            == look.totals
            == listing.totals(company=bakery, filters=TransactionFilter(text="pada"))
        )

    @pytest.mark.parametrize("text", ["", "padaria"])
    @pytest.mark.parametrize("days", [{}, {"from_date": date(2020, 1, 1)}])
    def test_a_screen_with_words_is_made_as_one_without(
        self, bakery: Company, account: Account, text: str, days: dict[str, date]
    ) -> None:
        for back in (3, 2, 2, 1, 0, -1, -2):
            make_transaction(
                account=account, description="Padaria", date=clock.days_before(clock.today(), back)
            )
        plain = listing.look(company=bakery, filters=TransactionFilter(**days), limit=4)  # type: ignore[arg-type]
        look = listing.look(company=bakery, filters=TransactionFilter(text=text, **days), limit=4)  # type: ignore[arg-type]
        assert look == plain
        after = [
            listing.look(
                company=bakery, filters=TransactionFilter(text=one, **days), after=plain.page.next, limit=4
            )  # type: ignore[arg-type]
            for one in ("", text)
        ]
        assert after[0] == after[1]


class TestTotals:
    def test_adds_up_only_what_counts(self, bakery: Company, account: Account) -> None:
        make_transaction(account=account, amount_cents=10_001)
        make_transaction(account=account, amount_cents=-2_500)
        make_transaction(account=account, amount_cents=-99, is_ignored=True)
        make_transaction(account=account, amount_cents=-98, status="PENDING")
        make_transaction(account=account, amount_cents=-97, withdrawn_at=clock.now())
        make_transaction(account=account, amount_cents=-96, deleted_at=clock.now())
        make_transaction(account=account, amount_cents=-95, currency="USD")

        totals = listing.totals(company=bakery, filters=TransactionFilter(with_hidden=True))

        assert (totals.rows, totals.in_cents, totals.out_cents) == (2, 10_001, 2_500)

    def test_is_zero_for_nothing(self, bakery: Company) -> None:
        totals = listing.totals(company=bakery, filters=TransactionFilter())

        assert (totals.rows, totals.in_cents, totals.out_cents) == (0, 0, 0)


def test_sums_of_everything_are_read_from_an_index_that_holds_them(bakery: Company) -> None:
    """A hundred thousand wide rows would take a person's patience otherwise."""
    wanted = "INDEX transactions_summed"
    if connection.vendor == "postgresql":
        _leave_postgresql_only("transactions_summed")
        wanted = "Index Only Scan using transactions_summed"
    rows = listing.filtered(bakery, TransactionFilter()).counted().filter(currency="BRL")
    plan = rows.values("currency").annotate(Sum("amount_cents")).explain()
    assert wanted in plan


def _leave_postgresql_only(index: str) -> None:
    """Among few rows the planner takes any index: until the test's end there is this one, and no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            "SELECT indexrelid::regclass::text, conname FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid"
            " AND contype = 'u' WHERE indrelid = %s::regclass AND NOT indisprimary AND indexrelid <> %s::regclass",
            [Transaction._meta.db_table, index],
        )
        for other, constraint in cursor.fetchall():
            drop = f"ALTER TABLE {Transaction._meta.db_table} DROP CONSTRAINT {constraint}"
            cursor.execute(drop if constraint else f"DROP INDEX {other}")
