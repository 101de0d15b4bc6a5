"""The ledger against the obvious way to do the same: filter, sort, cut."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.ledger import Ledger, Row, UnknownTransaction, earliest, latest, row_from

DAYS = [f"2026-01-{day:02d}T{hour:02d}:00:00.000Z" for day in range(1, 8) for hour in (0, 3, 14)]
FILTER_DAYS = ["2026-01-02", "2026-01-05", "2026-01-04T03:00:00.000Z"]
CREATED = ["2026-02-01T00:00:00.000Z", "2026-02-02T00:00:00.000Z", "2026-02-03T00:00:00.000Z"]


def row(number: int, date: str, created: str = CREATED[0], bill: str | None = None) -> Row:
    return row_from(
        {
            "id": wire.made_id(number),
            "description": f"row {number}",
            "date": date,
            "creditCardMetadata": {"billId": bill} if bill else None,
            "createdAt": created,
        }
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[Row]:
    spec = draw(st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(CREATED)), max_size=40))
    return [row(number, date, created) for number, (date, created) in enumerate(spec)]


def naive(
    rows: list[Row], date_from: str | None, date_to: str | None, created_from: str | None
) -> list[bytes]:
    kept = [
        one
        for one in rows
        if (date_from is None or one.date >= earliest(date_from))
        and (date_to is None or one.date <= latest(date_to))
        and (created_from is None or one.created >= earliest(created_from))
    ]
    return [one.body for one in sorted(kept, key=lambda one: (one.date, one.id), reverse=True)]


class TestPage:
    @given(
        ledgers(),
        st.none() | st.sampled_from(FILTER_DAYS),
        st.none() | st.sampled_from(FILTER_DAYS),
        st.none() | st.sampled_from(CREATED),
        st.integers(min_value=1, max_value=7),
    )
    def test_pages_joined_are_the_filtered_rows(self, rows, date_from, date_to, created_from, limit) -> None:
        ledger, seen, after = Ledger(rows), [], None
        while True:
            bodies, after = ledger.page(
                date_from=date_from, date_to=date_to, created_from=created_from, after=after, limit=limit
            )
            seen += bodies
            if after is None:
                break
            assert len(bodies) == limit
        assert seen == naive(rows, date_from, date_to, created_from)

    def test_a_page_may_start_after_a_key_that_is_gone(self) -> None:
        rows = [row(number, DAYS[number]) for number in range(6)]
        ledger = Ledger(rows)
        _, key = ledger.page(limit=2)
        ledger.remove(rows[4].id)
        bodies, _ = ledger.page(after=key, limit=2)
        assert bodies == [rows[3].body, rows[2].body]

    def test_ids_choose_rows_and_ignore_strangers(self) -> None:
        rows = [row(number, DAYS[number]) for number in range(4)]
        wanted = [rows[2].id, rows[0].id, wire.made_id("stranger"), rows[2].id]
        assert Ledger(rows).page(ids=wanted) == ([rows[2].body, rows[0].body], None)

    def test_a_malformed_day_is_refused(self) -> None:
        with pytest.raises(ValueError, match="Invalid isoformat"):
            Ledger().page(date_from="soon")

    def test_a_bare_last_day_is_included_to_its_end(self) -> None:
        late = row(1, "2026-01-31T23:59:59.999Z")
        assert Ledger([late]).page(date_to="2026-01-31")[0] == [late.body]


class TestNumbered:
    def test_cuts_and_counts(self) -> None:
        rows = [row(number, DAYS[number]) for number in range(9)]
        bodies, total = Ledger(rows).numbered(date_from="2026-01-02", offset=2, limit=3)
        assert (bodies, total) == ([one.body for one in (rows[6], rows[5], rows[4])], 6)

    def test_keeps_only_one_bill(self) -> None:
        rows = [row(number, DAYS[number], bill="b" if number % 2 else None) for number in range(5)]
        assert Ledger(rows).numbered(bill_id="b") == ([rows[3].body, rows[1].body], 2)


class TestChanges:
    @given(ledgers(), st.data())
    def test_removed_and_added_rows_page_as_if_always_so(self, rows, data) -> None:
        ledger = Ledger(rows)
        gone = data.draw(st.sets(st.sampled_from(rows))) if rows else set()
        for one in gone:
            assert ledger.remove(one.id) == one
        extra = row(999, DAYS[3], CREATED[2])
        ledger.add(extra)
        kept = [one for one in rows if one not in gone] + [extra]
        assert ledger.page(created_from=CREATED[1])[0] == naive(kept, None, None, CREATED[1])
        assert len(ledger) == ledger.count() == len(kept)

    def test_replace_moves_a_row_to_its_new_date(self) -> None:
        first, second = row(1, DAYS[0]), row(2, DAYS[5])
        ledger = Ledger([first, second])
        moved = row_from(wire.decode(first.body) | {"date": DAYS[9]})
        ledger.replace(moved)
        assert ledger.page()[0] == [moved.body, second.body]

    def test_strangers_cannot_be_replaced_or_removed(self) -> None:
        stranger = row(1, DAYS[0])
        with pytest.raises(UnknownTransaction):
            Ledger().replace(stranger)
        with pytest.raises(UnknownTransaction):
            Ledger().remove(stranger.id)
        with pytest.raises(UnknownTransaction):
            Ledger().set_category(stranger.id, "11010000", "Eating out", datetime(2026, 3, 1, tzinfo=UTC))

    def test_set_category_changes_the_row_and_its_update_time(self) -> None:
        one = row(1, DAYS[0])
        ledger = Ledger([one])
        body = ledger.set_category(one.id, "11010000", "Eating out", datetime(2026, 3, 1, tzinfo=UTC))
        fields = wire.decode(body)
        assert ledger.get(one.id) == body
        assert (fields["categoryId"], fields["category"]) == ("11010000", "Eating out")
        assert fields["updatedAt"] == "2026-03-01T00:00:00.000Z"

    def test_absorb_keeps_the_first_creation_time(self) -> None:
        one = row(1, DAYS[0])
        ledger = Ledger([one])
        assert ledger.absorb(row(1, DAYS[0], CREATED[2])) == [one.id]
        assert ledger.page(created_from=CREATED[1])[0] == []

    def test_retire_takes_a_row_away_once(self) -> None:
        one = row(1, DAYS[0])
        ledger = Ledger([one])
        assert (ledger.retire(one.id), ledger.retire(one.id)) == ([one.id], [])
