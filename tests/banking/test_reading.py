"""The two reads of one account: what counts once, what may vanish, where the cursor stops."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.banking.test_importing import payload
from tests.builders import make_account
from tests.providers.pluggy.stub import Answer, StubPluggy

from financehub.banking import reading
from financehub.banking.models import Account, Transaction
from financehub.banking.reading import AccountRead
from financehub.core import clock
from financehub.core.errors import Conflict
from financehub.providers.pluggy import PluggyClient
from financehub.providers.pluggy.shapes.transactions import TransactionPage

NAMESPACE = UUID("00000000-0000-4000-8000-000000000000")
WINDOW = date(2026, 11, 1)


def row(number: int, **fields: Any) -> dict[str, Any]:
    values = {"id": str(uuid5(NAMESPACE, str(number))), "date": "2026-11-20T03:00:00.000Z", **fields}
    return json.loads(payload(**values))  # type: ignore[no-any-return]


def page(*rows: dict[str, Any], after: str | None = None) -> Answer:
    return Answer({"results": list(rows), "next": f"after={after}" if after else None})


@pytest.fixture
def stub() -> Iterator[StubPluggy]:
    pluggy = StubPluggy()
    pluggy.start()
    yield pluggy
    pluggy.stop()


@pytest.fixture
def account(db: None) -> Account:
    return make_account()


def read(
    stub: StubPluggy, account: Account, *answers: Answer, may_withdraw: bool = True, **kwargs: Any
) -> AccountRead:
    """One read of the account, the vendor answering so."""
    stub.on("GET /v2/transactions", *answers)
    with PluggyClient(client_id="id", client_secret="secret", base_url=stub.url) as vendor:
        return reading.read_account(
            account,
            vendor,
            window_from=kwargs.get("window_from", WINDOW),
            may_withdraw=may_withdraw,
            still_mine=kwargs.get("still_mine", lambda: None),
        )


def visible(account: Account) -> set[UUID]:
    rows = Transaction.objects.of(account.company_id).filter(account=account).visible()
    return set(rows.values_list("pluggy_id", flat=True))


def adds_up(result: AccountRead) -> bool:
    tally = result.tally
    return (
        tally.read == tally.new + tally.changed + tally.unchanged + tally.returned
        and tally.known_before == tally.changed + tally.unchanged + tally.withdrawn
    )


def test_a_row_that_two_neighbouring_pages_repeat_is_one_row_read_once(
    stub: StubPluggy, account: Account
) -> None:
    result = read(stub, account, page(row(1), row(2), after="a"), page(row(2), row(3)))
    assert (result.tally.read, result.tally.new, len(visible(account))) == (3, 3, 3)
    assert adds_up(result)


def test_a_row_repeated_in_a_later_batch_is_counted_once_too(stub: StubPluggy, account: Account) -> None:
    pages = [
        page(row(number), after=f"c{number}") for number in range(reading.PAGES_PER_BATCH[connection.vendor])
    ]
    result = read(stub, account, *pages, page(row(0), row(99)))
    assert (
        result.tally.read
        == result.tally.new
        == len(visible(account))
        == reading.PAGES_PER_BATCH[connection.vendor] + 1
    )
    assert adds_up(result)


def test_a_row_missing_from_a_complete_read_is_asked_for_by_id_and_then_withdrawn(
    stub: StubPluggy, account: Account
) -> None:
    read(stub, account, page(row(1), row(2)))
    result = read(stub, account, page(row(1)), page())
    assert (result.tally.withdrawn, visible(account)) == (1, {uuid5(NAMESPACE, "1")})
    asked = stub.calls("GET /v2/transactions")[-1].query
    assert asked["ids"] == [str(uuid5(NAMESPACE, "2"))]
    assert adds_up(result)


def test_a_row_that_only_moved_to_an_earlier_day_is_kept(stub: StubPluggy, account: Account) -> None:
    read(stub, account, page(row(1), row(2)))
    moved = row(2, date="2026-10-02T03:00:00.000Z")
    result = read(stub, account, page(row(1)), page(moved))
    assert (result.tally.changed, result.tally.withdrawn, len(visible(account))) == (1, 0, 2)
    assert adds_up(result)


def test_a_row_that_is_there_by_its_id_but_cannot_be_read_is_not_withdrawn(
    stub: StubPluggy, account: Account
) -> None:
    read(stub, account, page(row(1), row(2)))
    moved = {**row(2), "id": "no-id"}
    result = read(stub, account, page(row(1)), page(moved))
    assert (result.tally.withdrawn, result.warnings, len(visible(account))) == (0, ["UNREADABLE_ROW"], 2)


@pytest.mark.parametrize("may_withdraw", [True, False])
def test_silence_withdraws_nothing(stub: StubPluggy, account: Account, may_withdraw: bool) -> None:
    read(stub, account, page(row(1)))
    result = read(stub, account, page(), may_withdraw=may_withdraw)
    assert (len(visible(account)), result.warnings) == (1, ["EMPTY_ANSWER"])


def test_a_product_that_was_not_refreshed_withdraws_nothing(stub: StubPluggy, account: Account) -> None:
    read(stub, account, page(row(1), row(2)))
    result = read(stub, account, page(row(1)), may_withdraw=False)
    assert (result.tally.withdrawn, len(visible(account))) == (0, 2)


def test_the_first_read_asks_by_day_only_and_one_of_fewer_days_also_by_creation(
    stub: StubPluggy, account: Account
) -> None:
    first = page(row(1, createdAt="2026-11-20T10:00:00.000Z"))
    read(stub, account, first, window_from=date(2026, 9, 1))
    assert account.cursor == datetime(2026, 11, 20, 10, tzinfo=UTC)
    read(stub, account, page(row(1)), page(row(1)))
    queries = [call.query for call in stub.calls("GET /v2/transactions")]
    assert [sorted(set(query) & {"dateFrom", "createdAtFrom"}) for query in queries] == [
        ["dateFrom"],
        ["createdAtFrom"],
        ["dateFrom"],
    ]
    assert queries[1]["createdAtFrom"][0].startswith("2026-11-19T10:00:00")


def test_a_window_over_all_that_was_ever_read_needs_no_second_look(
    stub: StubPluggy, account: Account
) -> None:
    read(stub, account, page(row(1)))
    read(stub, account, page(row(1)))
    assert [sorted(call.query) for call in stub.calls("GET /v2/transactions")] == [
        ["accountId", "dateFrom"]
    ] * 2


def test_a_backdated_row_arrives_from_before_the_window_but_not_from_before_all_that_was_read(
    stub: StubPluggy, account: Account
) -> None:
    read(stub, account, page(row(1)), window_from=date(2026, 9, 1))
    backdated, ancient = row(2, date="2026-10-05T03:00:00.000Z"), row(3, date="2026-08-05T03:00:00.000Z")
    result = read(stub, account, page(backdated, ancient, row(1)), page(row(1)))
    assert (result.tally.new, result.tally.unchanged) == (1, 1)
    assert visible(account) == {uuid5(NAMESPACE, "1"), uuid5(NAMESPACE, "2")}
    assert adds_up(result)


def test_the_cursor_never_goes_back_and_the_covered_days_only_grow(
    stub: StubPluggy, account: Account
) -> None:
    read(stub, account, page(row(1, createdAt="2026-11-20T10:00:00.000Z")), window_from=date(2026, 10, 1))
    read(stub, account, page(), page(row(1, createdAt="2026-11-01T10:00:00.000Z")))
    account.refresh_from_db()
    assert account.cursor == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert account.read_from == date(2026, 10, 1)


def test_a_worker_that_lost_its_lease_writes_nothing_more(stub: StubPluggy, account: Account) -> None:
    def lost() -> None:
        raise Conflict

    with pytest.raises(Conflict):
        read(stub, account, page(row(1)), still_mine=lost)
    account.refresh_from_db()
    assert (visible(account), account.cursor, account.read_from) == (set(), None, None)


@given(count=st.integers(min_value=0, max_value=40))
def test_batches_hold_every_page_in_order_and_never_too_many(count: int) -> None:
    pages = [TransactionPage([], str(number).encode()) for number in range(count)]
    batches = list(reading._batches(iter(pages)))
    assert [one for batch in batches for one in batch] == pages
    assert all(0 < len(batch) <= reading.PAGES_PER_BATCH[connection.vendor] for batch in batches)


@given(keys=st.sets(st.uuids(), max_size=200))
def test_short_ids_tell_rows_apart_and_fit_eight_bytes(keys: set[UUID]) -> None:
    short = {reading._short(key) for key in keys}
    assert len(short) == len(keys)
    assert all(0 <= one < 2**64 for one in short)


def test_a_window_is_counted_in_bank_days() -> None:
    assert reading.window_from(7) == clock.today() - timedelta(days=7)
