"""Batches of rows in a real database: what is written, what is not, and by how many at once."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.banking.test_importing import BANK, incoming, payload
from tests.builders import make_account
from tests.racing import race

from financehub.banking import rowstore
from financehub.banking.importing import Incoming, recognise
from financehub.banking.models import Account, Transaction
from financehub.banking.rowstore_tables import RowOwner
from financehub.core import clock
from financehub.providers.pluggy.answers import storable
from financehub.providers.pluggy.shapes.transactions import parse_transaction_page

NAMESPACE = UUID("00000000-0000-4000-8000-000000000000")


def at(second: int) -> datetime:
    return datetime(2026, 11, 25, 12, 0, second, tzinfo=UTC)


def batch(*amounts: tuple[int, float]) -> list[Incoming]:
    """Rows (number, amount): the number makes the id."""
    return [
        incoming(BANK, id=str(uuid5(NAMESPACE, str(number))), amount=amount) for number, amount in amounts
    ]


def owner(account: Account) -> RowOwner:
    return RowOwner(account.company_id, account.pk)


def stored(account: Account) -> dict[UUID, int]:
    rows = Transaction.objects.of(account.company_id).filter(account=account)
    return dict(rows.values_list("pluggy_id", "amount_cents"))  # type: ignore[arg-type]


@pytest.mark.django_db
def test_new_changed_and_unchanged_rows_are_told_apart() -> None:
    account = make_account()
    rowstore.store(owner(account), batch((1, -1.0), (2, -2.0)), at=at(0))
    done = rowstore.store(owner(account), batch((1, -1.0), (2, -9.0), (3, -3.0)), at=at(1))
    assert (done.tally.read, done.tally.new, done.tally.changed, done.tally.unchanged) == (3, 1, 1, 1)
    assert sorted(stored(account).values()) == [-900, -300, -100]


@pytest.mark.django_db
def test_a_withdrawn_row_returns_with_what_a_person_set() -> None:
    account = make_account()
    rowstore.store(owner(account), batch((1, -1.0)), at=at(0))
    rows = Transaction.objects.of(account.company_id)
    rows.update(withdrawn_at=at(1), own_note="meu", deleted_at=at(1))
    done = rowstore.store(owner(account), batch((1, -1.0)), at=at(2))
    kept = rows.get()
    assert done.tally.returned == 1
    assert (kept.withdrawn_at, kept.own_note, kept.deleted_at) == (None, "meu", at(1))


@pytest.mark.django_db
def test_every_column_arrives_as_django_would_have_written_it() -> None:
    account = make_account()
    mapped = batch((1, -1.5))
    rowstore.store(owner(account), mapped, at=at(0))
    kept = Transaction.objects.of(account.company_id).get()
    assert (kept.occurred_at, kept.vendor_created_at, kept.created_at) == (
        datetime(2026, 11, 20, 3, tzinfo=UTC),
        datetime(2026, 11, 20, 10, tzinfo=UTC),
        at(0),
    )
    assert bytes(kept.content_hash) == mapped[0].content_hash
    assert (kept.source, kept.is_ignored, kept.own_tags, kept.changed_at) == ("vendor", False, None, None)
    assert (
        Transaction.objects.of(account.company_id).filter(date=kept.date, pluggy_id=kept.pluggy_id).exists()
    )


@pytest.mark.django_db
def test_a_row_twice_in_a_batch_is_one_row_and_the_last_wins() -> None:
    account = make_account()
    done = rowstore.store(owner(account), batch((1, -1.0), (1, -2.0)), at=at(0))
    assert (done.tally.read, stored(account)) == (1, {uuid5(NAMESPACE, "1"): -200})


@pytest.mark.django_db
def test_a_row_that_cannot_be_is_left_out_and_named() -> None:
    account = make_account()
    rowstore.store(owner(account), batch((1, -1.0)), at=at(0))
    spoilt = [incoming(BANK, id=str(uuid5(NAMESPACE, str(number))), amount=10**20) for number in (1, 2)]
    done = rowstore.store(owner(account), [*spoilt, *batch((3, -3.0))], at=at(1))
    assert done.unreadable == {uuid5(NAMESPACE, "1"), uuid5(NAMESPACE, "2")}
    assert (done.tally.read, done.tally.new, done.tally.changed) == (1, 1, 0)
    assert stored(account) == {uuid5(NAMESPACE, "1"): -100, uuid5(NAMESPACE, "3"): -300}


@pytest.mark.django_db
def test_the_same_id_in_two_companies_is_two_rows() -> None:
    mine, theirs = make_account(), make_account()
    rowstore.store(owner(mine), batch((1, -1.0)), at=at(0))
    done = rowstore.store(owner(theirs), batch((1, -1.0)), at=at(0))
    assert done.tally.new == 1
    assert len(stored(mine)) == len(stored(theirs)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_the_same_rows_make_each_row_once() -> None:
    account = make_account()
    rows = batch(*((number, -float(number)) for number in range(1, 200)))
    results = race(*(lambda: rowstore.store(owner(account), rows, at=clock.now()) for _ in range(2)))
    assert [type(result).__name__ for result in results] == ["Stored", "Stored"]
    assert len(stored(account)) == 199


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    batches=st.lists(
        st.lists(st.tuples(st.integers(1, 8), st.integers(-500, -1).map(lambda c: c / 100)), max_size=8),
        max_size=5,
    )
)
@pytest.mark.django_db
def test_any_batching_ends_in_the_last_word_of_each_row(batches: list[list[tuple[int, float]]]) -> None:
    account = make_account()
    truth: dict[UUID, int] = {}
    for number, amounts in enumerate(batches):
        done = rowstore.store(owner(account), batch(*amounts), at=at(number))
        tally = done.tally
        assert tally.read == tally.new + tally.changed + tally.unchanged + tally.returned
        truth |= {uuid5(NAMESPACE, str(key)): round(amount * 100) for key, amount in amounts}
    assert stored(account) == truth


ODD_TEXTS = st.one_of(st.none(), st.text(st.characters(codec=None, categories=None), max_size=120))
ODD_NUMBERS = st.one_of(st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False))
ODD_ROWS = st.fixed_dictionaries(
    {},
    optional={
        "description": ODD_TEXTS,
        "amount": ODD_NUMBERS,
        "amountInAccountCurrency": ODD_NUMBERS,
        "balance": ODD_NUMBERS,
        "currencyCode": st.text(max_size=20),
        "date": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        "createdAt": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        "type": st.text(max_size=20),
        "status": st.text(max_size=20),
        "order": ODD_NUMBERS,
        "providerId": ODD_TEXTS,
        "categoryId": ODD_TEXTS,
        "operationType": ODD_TEXTS,
        "paymentData": st.fixed_dictionaries(
            {"paymentMethod": ODD_TEXTS, "receiver": st.fixed_dictionaries({"name": ODD_TEXTS})}
        ),
        "creditCardMetadata": st.fixed_dictionaries(
            {"installmentNumber": ODD_NUMBERS, "billId": ODD_TEXTS, "cardNumber": ODD_TEXTS}
        ),
        "merchant": st.fixed_dictionaries({"name": ODD_TEXTS}),
    },
)


@pytest.mark.django_db
@given(st.lists(ODD_ROWS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_odd_rows_say_the_others_are_stored(odd: list[dict[str, object]]) -> None:
    """Each odd row is stored, or is told to be unreadable; none keeps another out, and no database refuses one."""
    account = make_account()
    usual = {"id": str(uuid5(NAMESPACE, "usual")), "amount": -1.0}
    bodies = [payload(**usual)] + [
        json.dumps({**json.loads(payload()), **fields, "id": str(uuid5(NAMESPACE, str(number)))}).encode()
        for number, fields in enumerate(odd)
    ]
    page, _ = parse_transaction_page(storable(b'{"results":[' + b",".join(bodies) + b"]}"))
    done = rowstore.store(owner(account), [recognise(row, BANK) for row in page.rows], at=at(0))
    assert done.tally.new + len(done.unreadable) + page.unreadable == 1 + len(odd)
    assert stored(account)[UUID(usual["id"])] == -100
