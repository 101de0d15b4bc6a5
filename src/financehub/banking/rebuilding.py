"""An account's rows made again from the raw pages that retention still holds: compared, or written where missing.

The same map and the same store as a sync. What the bank has withdrawn stays withdrawn, and an id that a row had
before it was re-bound is not a row of its own.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from financehub.banking import rawstore, rowstore
from financehub.banking.importing import AccountFacts, Incoming, day_and_cents, recognise
from financehub.banking.models import Account, FormerId, RawPage, Transaction
from financehub.banking.rowstore_tables import RowOwner
from financehub.banking.windows import first_instant
from financehub.core import clock, events
from financehub.providers.pluggy.shapes.transactions import TransactionRow, parse_transaction_page

PAGES_AT_A_TIME = 20


class State(StrEnum):
    """What a raw row is beside the stored one."""

    SAME = "same"
    MISSING = "missing"
    DIFFERENT = "different"
    OLDER = "older"  # a later version is stored
    WITHDRAWN = "withdrawn"
    FORMER = "former"  # its id was taken over by a row under another id


@dataclass
class Rebuild:
    """The outcome. `states` counts distinct rows; `uncovered` are first and last days that raw pages cannot give."""

    pages: int = 0
    unreadable: int = 0
    written: int = 0
    states: dict[str, int] = field(default_factory=dict)
    uncovered: list[tuple[date, date]] = field(default_factory=list)


@dataclass(frozen=True)
class _Stored:
    content_hash: bytes
    is_withdrawn: bool
    updated_at: datetime | None


def rebuild(account: Account, *, write: bool) -> Rebuild:
    """Go through the retained pages in the order they came; with `write`, restore what is missing or different."""
    result, states, first = Rebuild(), dict[UUID, State](), None
    for page in _pages(account):
        parsed, _ = parse_transaction_page(rawstore.read(page))
        rows = list(_recognised(account, parsed.rows, result))
        found = _states(account, rows)
        if write:
            result.written += _restore(account, [row for row in rows if found[row.pluggy_id] in RESTORED])
        for row in rows:
            state = found[row.pluggy_id]
            if state != State.OLDER or row.pluggy_id not in states:
                states[row.pluggy_id] = state
            first = min(first or row.occurred_at, row.occurred_at)
        result.pages += 1
    result.states = dict(Counter(state.value for state in states.values()))
    result.uncovered = _ranges(_days_without_raw(account, states.keys(), first))
    return result


def _pages(account: Account) -> Iterator[RawPage]:
    """In the order they came, a few at a time, and none being read while rows are written.

    SQLite refuses at once to write behind a read that is still going on when anybody else has written since.
    """
    pages = RawPage.objects.of(account.company_id).filter(account=account).order_by("fetched_at", "pk")
    keys = list(pages.values_list("pk", flat=True))
    for start in range(0, len(keys), PAGES_AT_A_TIME):
        yield from list(pages.filter(pk__in=keys[start : start + PAGES_AT_A_TIME]))


RESTORED = {State.MISSING, State.DIFFERENT}


def _recognised(account: Account, rows: Iterable[TransactionRow], result: Rebuild) -> Iterable[Incoming]:
    """Rows as a sync would keep them: none from before the first day ever covered."""
    facts = AccountFacts(account.type, account.currency)
    for row in rows:
        if account.read_from is not None and row.date < first_instant(account.read_from):
            continue
        try:
            day_and_cents(row, facts)  # no sync could store it either
            yield recognise(row, facts)
        except ValueError:
            result.unreadable += 1


def _states(account: Account, rows: Sequence[Incoming]) -> dict[UUID, State]:
    keys = [row.pluggy_id for row in rows]
    stored_rows = Transaction.objects.of(account.company_id).filter(pluggy_id__in=keys)
    stored = {
        key: _Stored(bytes(content_hash or b""), withdrawn_at is not None, updated_at)
        for key, content_hash, withdrawn_at, updated_at in stored_rows.values_list(
            "pluggy_id", "content_hash", "withdrawn_at", "vendor_updated_at"
        )
    }
    former_rows = FormerId.objects.of(account.company_id).filter(pluggy_id__in=keys)
    former = set(former_rows.values_list("pluggy_id", flat=True))
    return {row.pluggy_id: _state(row, stored.get(row.pluggy_id), row.pluggy_id in former) for row in rows}


def _state(row: Incoming, stored: _Stored | None, is_former: bool) -> State:  # noqa: FBT001 - a fact, not a switch
    if stored is None:
        return State.FORMER if is_former else State.MISSING
    if stored.is_withdrawn:
        return State.WITHDRAWN
    if stored.content_hash == row.content_hash:
        return State.SAME
    updated_at = row.row.updated_at
    is_dated = updated_at is not None and stored.updated_at is not None
    return State.OLDER if is_dated and updated_at < stored.updated_at else State.DIFFERENT  # type: ignore[operator]


def _restore(account: Account, rows: Sequence[Incoming]) -> int:
    """How many rows were written."""
    if not rows:
        return 0
    with transaction.atomic():
        tally = rowstore.store(RowOwner(account.company_id, account.pk), rows, at=clock.now()).tally
        if tally.wrote:
            events.publish(account.company_id, "transactions", account.pk)
    return tally.new + tally.changed


def _days_without_raw(account: Account, known: Iterable[UUID], first: datetime | None) -> set[date]:
    """Days with a stored row of which no page is left, and covered days before the first row that is."""
    held = set(known)
    rows = Transaction.objects.of(account.company_id).filter(
        account=account, source=Transaction.Source.VENDOR, withdrawn_at__isnull=True
    )
    days = {
        day for key, day in rows.values_list("pluggy_id", "date").iterator(chunk_size=5000) if key not in held
    }
    if account.read_from is not None:
        end = first.date() if first else clock.today() + timedelta(days=1)
        days |= {account.read_from + timedelta(days=n) for n in range((end - account.read_from).days)}
    return days


def _ranges(days: set[date]) -> list[tuple[date, date]]:
    """Days as runs of consecutive ones."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
