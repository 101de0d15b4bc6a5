"""Reading one account's transactions: the two reads of a sync, in flat memory, and what they prove withdrawn.

The vendor forbids combining its filters, so there are two reads. By day (`dateFrom`): everything in the window,
complete, the only read that may withdraw a row. By creation (`createdAtFrom`): what is new but dated before the
window. The two are disjoint by date, so each row is counted once.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from financehub.banking import rawstore, rowstore, withdrawing
from financehub.banking.identity import merging, settling
from financehub.banking.importing import AccountFacts, Incoming, newest, recognise
from financehub.banking.models import Account, Transaction
from financehub.banking.rowstore import Stored, Tally
from financehub.banking.rowstore_tables import Known, RowOwner
from financehub.banking.windows import CURSOR_OVERLAP, first_instant
from financehub.core import clock, events, jobs
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.shapes.transactions import TransactionPage

UNREADABLE_ROW = "UNREADABLE_ROW"
PAGES_PER_BATCH = {  # of 500 rows: memory stays flat, and a write transaction short; on SQLite all wait for it
    "postgresql": 6,
    "sqlite": 2,
}


@dataclass
class AccountRead:
    """What reading one account did."""

    window_from: date
    tally: Tally = field(default_factory=Tally)
    pages: int = 0
    created_from: datetime | None = None
    newest_created_at: datetime | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """One account being read: where rows go, and what was seen so far."""

    account: Account
    vendor: PluggyClient
    window_start: datetime
    result: AccountRead
    may_withdraw: bool
    still_mine: Callable[[], None]
    known_in_window: int = 0
    still_there: int = 0  # of those, as far as it has been read
    seen: set[int] = field(default_factory=set)  # only kept when something known could be missing
    fresh: set[UUID] = field(default_factory=set)  # inserted by this read; not kept in the first one

    @property
    def owner(self) -> RowOwner:
        return RowOwner(self.account.company_id, self.account.pk)

    @property
    def in_window(self) -> "withdrawing.Rows":
        return (
            Transaction.objects.of(self.account.company_id)
            .filter(account=self.account, source=Transaction.Source.VENDOR)
            .filter(withdrawn_at__isnull=True, occurred_at__gte=self.window_start)
            .filter(date__gte=self.result.window_from - timedelta(days=1))  # says no more, but has an index
        )


def read_account(
    account: Account,
    vendor: PluggyClient,
    *,
    window_from: date,
    may_withdraw: bool,
    still_mine: Callable[[], None],
) -> AccountRead:
    """Read and write one account. `still_mine`, called before every write, raises when the lease is lost."""
    window_start = first_instant(window_from)
    result = AccountRead(window_from)
    reading = Reading(account, vendor, window_start, result, may_withdraw, still_mine)
    reading.known_in_window = reading.in_window.count()
    _read_backdated(reading)
    _read_window(reading)
    _finish(reading)
    return result


def _read_backdated(reading: Reading) -> None:
    """Rows created since the cursor, dated before the window but not before the first day ever covered."""
    account = reading.account
    if account.cursor is None or account.read_from is None:
        return
    covered_from = first_instant(account.read_from)
    if reading.window_start <= covered_from:  # the window reads all of it
        return
    reading.result.created_from = since = account.cursor - CURSOR_OVERLAP
    pages = reading.vendor.iter_transaction_pages(str(account.pluggy_id), created_at_from=since)
    for batch in _batches(pages):
        rows = [
            row
            for row in _recognised(reading, batch)
            if covered_from <= row.occurred_at < reading.window_start
        ]
        _write(reading, batch, rows)


def _read_window(reading: Reading) -> None:
    """Every row dated in the window, scheduled ones included."""
    window_from = reading.result.window_from
    pages = reading.vendor.iter_transaction_pages(str(reading.account.pluggy_id), date_from=window_from)
    for batch in _batches(pages):
        rows = _recognised(reading, batch)
        _write(reading, batch, rows)
        if reading.known_in_window:  # else there is nothing that could be missing
            reading.seen |= {_short(row.pluggy_id) for row in rows}


def _write(reading: Reading, batch: list[TransactionPage], rows: list[Incoming]) -> Stored:
    at, result = clock.now(), reading.result
    pages = rawstore.seal(reading.account, batch, at=at)
    reading.still_mine()
    with transaction.atomic():
        pages.store(at=at)
        stored = rowstore.store(reading.owner, rows, at=at)
    if stored.unreadable:
        _tell_unreadable(reading)
    live = [known for known in stored.known.values() if not known.is_withdrawn]
    outside = sum(known.occurred_at < reading.window_start for known in live)
    stored.tally.known_before = outside
    reading.still_there += len(live) - outside - _count_once(reading, stored, rows)
    if reading.account.read_from is not None:
        reading.fresh.update(row.pluggy_id for row in rows if row.pluggy_id not in stored.known)
    result.tally.add(stored.tally)
    result.pages += len(batch)
    result.newest_created_at = newest([result.newest_created_at, *(row.row.created_at for row in rows)])
    return stored


def _count_once(reading: Reading, stored: Stored, rows: list[Incoming]) -> int:
    """A row that moved while we read comes twice: its last version is written, but it is one row read; how many."""
    repeated = _repeated(reading, stored.known)
    if repeated:
        last = {row.pluggy_id: row.content_hash for row in rows}
        differing = [key for key, known in repeated.items() if known.content_hash != last[key]]
        stored.tally.read -= len(repeated)
        stored.tally.changed -= len(differing)
        stored.tally.unchanged -= len(repeated) - len(differing)
    return len(repeated)


def _repeated(reading: Reading, known: dict[UUID, Known]) -> dict[UUID, Known]:
    """Those that an earlier batch of this read brought; where nothing was known, all that is there now."""
    if reading.known_in_window:
        return {key: it for key, it in known.items() if _short(key) in reading.seen} if reading.seen else {}
    return {
        key: it for key, it in known.items() if not it.is_withdrawn and it.occurred_at >= reading.window_start
    }


def _finish(reading: Reading) -> None:
    """Withdraw what a complete read no longer shows; then the cursor, last, in the same transaction."""
    result, account = reading.result, reading.account
    result.tally.known_before += reading.known_in_window
    missing = _missing(reading)
    returned_by_id = _ask_again(reading, missing) if missing else Stored()
    gone = [key for key in missing if key not in returned_by_id.known] if reading.may_withdraw else []
    reading.still_mine()
    with transaction.atomic():
        result.tally.withdrawn += withdrawing.mark(account, gone)
        _settle(reading)
        account.cursor = newest([account.cursor, result.newest_created_at])
        account.read_from = min(filter(None, (account.read_from, result.window_from)))
        account.save(update_fields=["cursor", "read_from"])
        if result.tally.wrote:
            events.publish(account.company_id, "transactions", account.pk)
            jobs.enqueue("banking.pair_transfers", company_id=str(account.company_id))


def _settle(reading: Reading) -> None:
    """Rows that went may be rows that came, under another id: these were not new, but came back."""
    is_complete = reading.may_withdraw and bool(reading.seen or not reading.known_in_window)
    settled = settling.settle(
        reading.account,
        fresh=reading.fresh,
        proves_from=reading.result.window_from if is_complete else None,
    )
    if reading.account.read_from is None:
        merging.offer(reading.account)
    tally = reading.result.tally
    tally.new -= settled.returned + settled.queued
    tally.returned += settled.returned
    tally.queued += settled.queued


def _missing(reading: Reading) -> list[UUID]:
    """Rows known in the window that a complete read did not show; none when reading proves nothing."""
    if not reading.known_in_window:
        return []
    if not reading.seen:
        reading.result.warnings.append("EMPTY_ANSWER")  # empty is not zero: nothing is withdrawn on silence
        return []
    if not reading.may_withdraw or reading.still_there == reading.known_in_window:
        return []
    known = reading.in_window.values_list("pluggy_id", flat=True)
    return [
        key for key in known.iterator(chunk_size=5000) if key is not None and _short(key) not in reading.seen
    ]


def _ask_again(reading: Reading, missing: list[UUID]) -> Stored:
    """Ask by id for what seems gone: a row that was only moved to an earlier day is still there."""
    ids = [str(key) for key in missing]
    found = Stored()
    for batch in _batches(reading.vendor.iter_transaction_pages(str(reading.account.pluggy_id), ids=ids)):
        stored = _write(reading, batch, _recognised(reading, batch))
        found.known.update(stored.known)
    return found


def _recognised(reading: Reading, batch: Iterable[TransactionPage]) -> list[Incoming]:
    """The rows of a batch, without those that not even an id can be told of."""
    facts = AccountFacts(reading.account.type, reading.account.currency)
    rows = []
    for page in batch:
        if page.unreadable:
            _tell_unreadable(reading)
        for row in page.rows:
            try:
                rows.append(recognise(row, facts))
            except ValueError:
                _tell_unreadable(reading)
    return rows


def _tell_unreadable(reading: Reading) -> None:
    """A row that cannot be holds nobody up: it is told, its page is kept, and nothing is withdrawn."""
    reading.may_withdraw = False
    if UNREADABLE_ROW not in reading.result.warnings:
        reading.result.warnings.append(UNREADABLE_ROW)


def _batches(pages: Iterator[TransactionPage]) -> Iterator[list[TransactionPage]]:
    batch: list[TransactionPage] = []
    for page in pages:
        batch.append(page)
        if len(batch) == PAGES_PER_BATCH[connection.vendor]:
            yield batch
            batch = []
    if batch:
        yield batch


def _short(key: UUID) -> int:
    """Eight bytes of an id: enough to tell rows of one account apart, an eighth of the memory."""
    return hash(key.int)


def window_from(days: int) -> date:
    """The first day of a window of `days` before today."""
    return clock.today() - timedelta(days=days)
