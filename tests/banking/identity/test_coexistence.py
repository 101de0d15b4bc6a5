"""What complete reads prove, and how few of them are kept."""

from datetime import UTC, date, datetime, timedelta

from tests.builders import make_account, make_transaction

from financehub.banking.identity import coexistence

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)


def test_a_later_read_that_looks_further_back_replaces_earlier_ones() -> None:
    proofs = coexistence.with_read([], at=NOON, first_day=date(2025, 6, 10))
    proofs = coexistence.with_read(proofs, at=NOON + timedelta(hours=6), first_day=date(2026, 6, 3))
    assert [first for _, first in proofs] == ["2025-06-10", "2026-06-03"]
    proofs = coexistence.with_read(proofs, at=NOON + timedelta(hours=12), first_day=date(2025, 6, 11))
    assert [first for _, first in proofs] == ["2025-06-10", "2025-06-11"]


def test_when_a_day_was_last_looked_at() -> None:
    proofs = coexistence.with_read([], at=NOON, first_day=date(2025, 6, 10))
    proofs = coexistence.with_read(proofs, at=NOON + timedelta(hours=6), first_day=date(2026, 6, 3))
    reads = coexistence.parse(proofs)
    assert coexistence.latest_covering(reads, NOON - timedelta(days=30)) == NOON
    assert coexistence.latest_covering(reads, NOON) == NOON + timedelta(hours=6)
    assert coexistence.latest_covering(reads, NOON - timedelta(days=900)) is None


def test_rows_shown_by_one_complete_read_were_together(db: None) -> None:
    account = make_account()
    old = make_transaction(account=account, date=date(2026, 6, 1), created_at=NOON - timedelta(days=2))
    new = make_transaction(account=account, date=date(2026, 6, 1), created_at=NOON - timedelta(days=1))
    whole = coexistence.parse(coexistence.with_read([], at=NOON, first_day=date(2026, 5, 1)))
    recent = coexistence.parse(coexistence.with_read([], at=NOON, first_day=date(2026, 6, 9)))
    assert coexistence.were_together(whole, old, new)
    assert not coexistence.were_together(recent, old, new)
    new.created_at = NOON + timedelta(seconds=1)
    assert not coexistence.were_together(whole, old, new)
