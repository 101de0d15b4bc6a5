"""One card's year against the product: edit, close the bill, sync, and see where every edit is afterwards."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

import django

django.setup()

from tests.banking.identity.ledger import Ledger  # noqa: E402 - needs the app registry

from bench.identity_card import MONTHS, Card, Row  # noqa: E402
from financehub.audit.recording import SYSTEM  # noqa: E402
from financehub.banking import connecting, editing, programs, syncing  # noqa: E402
from financehub.banking.editing import Edit  # noqa: E402
from financehub.banking.models import Item, ReviewRow, Sync, Transaction  # noqa: E402
from financehub.companies import registering  # noqa: E402
from financehub.core import clock  # noqa: E402

EDITED, ON_EQUALS = 0.4, 0.1


@dataclass
class Year:
    """A card, its vendor, the company that reads it, and the notes a person wrote, by what they are really about."""

    card: Card
    ledger: Ledger
    item: Item
    notes: dict[str, Row] = field(default_factory=dict)
    on_equals: set[str] = field(default_factory=set)
    seconds: float = 0.0

    def live(self) -> None:
        for month in range(MONTHS):
            self.card.spend(month)
            self.sync()
            self.edit(month)
            self.card.close(month)
            self.sync()

    def sync(self) -> None:
        self.ledger.show(self.card.account_id, [self.card.payload(row) for row in self.card.rows])
        at = clock.now()
        row = Sync.objects.create(
            company_id=self.item.company_id,
            item=self.item,
            trigger=Sync.Trigger.TIMER,
            is_full=True,
            due_at=at,
            requested_at=at,
        )
        started = time.perf_counter()
        syncing.run_sync(sync_id=row.pk, vendor=self.ledger.client())
        self.seconds = max(self.seconds, time.perf_counter() - started)
        row.refresh_from_db()
        if row.status != Sync.Status.SUCCEEDED or not row.adds_up:
            raise SystemExit(f"bench: the sync ended {row.status} {row.error_code}, adds up: {row.adds_up}")

    def edit(self, month: int) -> None:
        """Notes on some of the open cycle's rows, a tenth of them on rows that another row equals."""
        dice = Random(f"{self.card.seed} {month}")
        equals = self.card.equal()
        others = [row for row in self.card.pending if row not in equals]
        wanted = round(len(self.card.pending) * EDITED)
        doubtful = dice.sample(equals, min(len(equals), round(wanted * ON_EQUALS)))
        for number, row in enumerate([*doubtful, *dice.sample(others, wanted - len(doubtful))]):
            note = f"{month}-{number}"
            stored = self.rows().get(pluggy_id=row.ids[-1])
            editing.edit(row=stored, edit=Edit(note=note), by=SYSTEM)
            self.notes[note] = row
            if row in doubtful:
                self.on_equals.add(note)

    def rows(self):  # type: ignore[no-untyped-def]
        return Transaction.objects.of(self.item.company_id)

    def verdicts(self) -> Counter[str]:
        """Where each note is at the end of the year."""
        return Counter(verdict for note, row in self.notes.items() for verdict in self._verdicts(note, row))

    def _verdicts(self, note: str, real: Row) -> Iterator[str]:
        holder = self.rows().get(own_note=note)
        is_shown = holder.withdrawn_at is None
        if real in self.card.cancelled:
            yield "wrong" if is_shown else "parked"
            return
        is_unique = note not in self.on_equals
        yield "edits"
        if is_unique:
            yield "unique_edits"
        if is_shown and holder.pluggy_id == UUID(real.ids[-1]):
            yield "kept" if is_unique else "kept_on_equals"
        elif is_shown:
            yield "wrong"
        else:
            yield "queued" if self._is_offered(holder, real) else "lost"

    def _is_offered(self, holder: Transaction, real: Row) -> bool:
        """Whether an open question names the row that it really is."""
        rows = ReviewRow.objects.of(holder.company_id).filter(
            of=holder, role="candidate", case__status="OPEN"
        )
        return rows.filter(transaction__pluggy_id=real.ids[-1]).exists()


def year(seed: int, *, is_bare: bool) -> Year:
    """A fresh company with one card, connected."""
    user = registering.register(email=f"{seed}-{is_bare}@example.com", password="nothing to guess")
    company = programs.personal_company(user)
    ledger = Ledger(client_user_id=str(company.vendor_alias))
    account_id = ledger.open_account()
    snapshot = ledger.client().fetch_item(ledger.item_id)
    item = connecting.link(company=company, user=user, snapshot=snapshot, by=SYSTEM)
    start: date = clock.today() - timedelta(days=345)
    return Year(Card(account_id, seed, start, is_bare=is_bare), ledger, item)


def measure(seeds: list[int]) -> dict[str, object]:
    """All cards of these seeds, each with and without the bank's marks on its rows."""
    totals: Counter[str] = Counter()
    slowest = 0.0
    for seed in seeds:
        for is_bare in (False, True):
            lived = year(seed, is_bare=is_bare)
            lived.live()
            totals += lived.verdicts()
            slowest = max(slowest, lived.seconds)
    return {**totals, "slowest_sync_s": round(slowest, 2)}


if __name__ == "__main__":
    print(json.dumps(measure(json.loads(sys.argv[1]))))
