"""A PerfLedger answers like a plain ledger that really holds every copy."""

import json
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pluggy_sandbox.portfolio.customers import account_id, made

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.ledger import Ledger, Row, UnknownTransaction, row_from
from pluggy_sandbox.portfolio.perf import PerfLedger

COPIES = 7
DAYS = [f"2026-01-{day:02d}T03:00:00.000Z" for day in range(1, 6)]
WORDS = ["Café", 'a "quoted" \\ word', "x"]


def base(number: int, date: str, bill: str | None = None) -> Row:
    name = f"{wire.made_id(number)[:24]}{0:012x}"
    card = {"billId": bill} if bill else None
    words = WORDS[number % len(WORDS)]
    return row_from(
        {"id": name, "description": words, "date": date, "creditCardMetadata": card, "createdAt": DAYS[0]}
    )


def walk(ledger: Ledger, limit: int, **filters) -> list[bytes]:
    seen, after = [], None
    while True:
        bodies, after = ledger.page(after=after, limit=limit, **filters)
        seen += bodies
        if after is None:
            return seen


def plain(perf: PerfLedger) -> Ledger:
    """The same rows, really held."""
    return Ledger(row_from(wire.decode(body)) for body in perf.numbered(limit=10**6)[0])


bases = st.lists(st.sampled_from(DAYS), min_size=1, max_size=8).map(
    lambda dates: [base(number, date, "b" if number % 2 else None) for number, date in enumerate(dates)]
)


class TestPage:
    @given(
        bases,
        st.integers(min_value=1, max_value=20),
        st.none() | st.sampled_from(["2026-01-02", "2026-01-04"]),
    )
    def test_pages_are_those_of_all_copies(self, rows, limit, day) -> None:
        perf = PerfLedger(rows, COPIES)
        assert len(perf) == len(rows) * COPIES
        assert walk(perf, limit, date_from=day) == walk(plain(perf), limit, date_from=day)
        assert walk(perf, limit, date_to=day) == walk(plain(perf), limit, date_to=day)

    @given(bases)
    def test_every_copy_is_a_row_of_its_own(self, rows) -> None:
        shown = [json.loads(body) for body in walk(PerfLedger(rows, COPIES), 500)]
        assert len({row["id"] for row in shown}) == len(shown) == len(rows) * COPIES
        assert all(UUID(row["id"]).version == 4 for row in shown)
        assert all(a >= b for a, b in pairwise((row["date"], row["id"]) for row in shown))

    @given(bases, st.data(), st.integers(min_value=1, max_value=9))
    def test_changed_copies_page_in_their_place(self, rows, data, limit) -> None:
        perf = PerfLedger(rows, COPIES)
        ids = [json.loads(body)["id"] for body in walk(perf, 500)]
        for name in data.draw(st.sets(st.sampled_from(ids), max_size=5)):
            perf.remove(name)
        perf.add(base(99, DAYS[2]))
        kept = [name for name in ids if perf.get(name)]
        if kept:
            changed = wire.decode(perf.get(kept[0])) | {"description": "changed", "date": DAYS[4]}
            perf.replace(row_from(changed))
        assert walk(perf, limit) == walk(plain(perf), limit)
        assert len(perf) == perf.count() == len(plain(perf))


class TestLookups:
    def test_get_finds_any_copy_and_no_stranger(self) -> None:
        perf = PerfLedger([base(1, DAYS[0])], COPIES)
        head = base(1, DAYS[0]).id[:24]
        assert json.loads(perf.get(f"{head}{6:012x}"))["description"] == 'a "quoted" \\ word #7'
        assert perf.get(f"{head}{7:012x}") is None
        assert perf.get(wire.made_id("stranger")) is None
        assert perf.get("not-an-id") is None

    def test_ids_choose_copies(self) -> None:
        perf = PerfLedger([base(1, DAYS[0]), base(2, DAYS[1])], COPIES)
        wanted = [json.loads(body)["id"] for body in walk(perf, 500)][3:5]
        assert [json.loads(body)["id"] for body in perf.page(ids=wanted)[0]] == wanted

    def test_created_from_leaves_the_collection_out(self) -> None:
        perf = PerfLedger([base(1, DAYS[0])], COPIES)
        assert perf.page(created_from=DAYS[1]) == ([], None)
        late = row_from(wire.decode(base(5, DAYS[0]).body) | {"createdAt": DAYS[3]})
        perf.add(late)
        assert perf.page(created_from=DAYS[1]) == ([late.body], None)

    def test_numbered_counts_one_bill(self) -> None:
        perf = PerfLedger([base(1, DAYS[0], "b"), base(2, DAYS[1])], COPIES)
        bodies, total = perf.numbered(bill_id="b", offset=5, limit=10)
        assert (len(bodies), total) == (2, COPIES)

    def test_strangers_cannot_be_replaced_or_removed(self) -> None:
        with pytest.raises(UnknownTransaction):
            PerfLedger([], COPIES).remove(wire.made_id("stranger"))
        with pytest.raises(UnknownTransaction):
            PerfLedger([], COPIES).replace(base(1, DAYS[0]))


class TestAbsorb:
    def test_a_new_base_row_comes_with_all_its_copies(self) -> None:
        perf = PerfLedger([base(1, DAYS[0])], COPIES)
        assert len(perf.absorb(base(2, DAYS[1]))) == COPIES
        assert len(perf) == 2 * COPIES

    def test_retire_takes_the_copies_that_are_left(self) -> None:
        perf = PerfLedger([base(1, DAYS[0]), base(2, DAYS[1])], COPIES)
        perf.remove(base(1, DAYS[0]).id)
        assert len(perf.retire(base(1, DAYS[0]).id)) == COPIES - 1
        assert len(perf) == COPIES


def test_a_big_portfolio_holds_only_its_base_rows() -> None:
    portfolio = made("user-ok-perf-5000x", copies=5000)
    ledger = portfolio.ledgers[account_id(portfolio, "CHECKING_ACCOUNT")]
    assert len(ledger) == 5000 * len(ledger.newest()) > 6_000_000
    bodies, after = ledger.page(date_to="2026-01-31")
    assert len(bodies) == 500
    assert after is not None
