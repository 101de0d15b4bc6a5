"""A company's card at the vendor in memory: rows said shortly, syncs, and what a person then sees."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from tests.banking.identity.ledger import Json, Ledger

from financehub.audit.recording import SYSTEM
from financehub.banking import connecting, editing, syncing
from financehub.banking.editing import Edit
from financehub.banking.models import Account, Item, ReviewCase, Sync, Transaction
from financehub.companies.models import Company
from financehub.core import clock
from financehub.providers.pluggy.client import PluggyClient

NAMESPACE = UUID("00000000-0000-4000-8000-000000000000")


def row(name: str, **fields: Any) -> Json:
    """A card purchase of R$ 50,00 ten days ago; `name` makes its id; `day` counts back from today."""
    day = clock.days_before(clock.today(), fields.pop("day", 10))
    values = {
        "id": str(vendor_id(name)),
        "description": "PADARIA",
        "descriptionRaw": None,
        "currencyCode": "BRL",
        "amount": 50,
        "date": f"{day}T12:00:00.000Z",
        "type": "DEBIT",
        "status": "POSTED",
        "createdAt": clock.now().isoformat(),
        "updatedAt": clock.now().isoformat(),
        **fields,
    }
    return values


def vendor_id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


@dataclass
class Card:
    """One account of one Item, and the company that reads it."""

    ledger: Ledger
    item: Item
    account_id: str

    @property
    def account(self) -> Account:
        return Account.objects.of(self.item.company_id).get(pluggy_id=self.account_id)

    def show(self, *rows: Json) -> None:
        self.ledger.show(self.account_id, list(rows))

    def sync(self, *rows: Json, full: bool = True, vendor: PluggyClient | None = None) -> Sync:
        """The vendor shows these rows (or what it showed) and we read them."""
        if rows:
            self.show(*rows)
        at = clock.now()
        sync = Sync.objects.create(
            company_id=self.item.company_id,
            item=self.item,
            trigger="timer",
            is_full=full,
            due_at=at,
            requested_at=at,
        )
        syncing.run_sync(sync_id=sync.pk, vendor=vendor or self.ledger.client())
        sync.refresh_from_db()
        return sync

    def stored(self, name: str) -> Transaction:
        return Transaction.objects.of(self.item.company_id).get(pluggy_id=vendor_id(name))

    def note(self, name: str, words: str) -> Transaction:
        """A person's note on the row that has this vendor id now."""
        return editing.edit(row=self.stored(name), edit=Edit(note=words), by=SYSTEM)

    def notes(self) -> dict[str, str | None]:
        """What a person sees: the note of each visible row, by vendor id."""
        rows = Transaction.objects.of(self.item.company_id).visible()
        return {str(pluggy_id): note for pluggy_id, note in rows.values_list("pluggy_id", "own_note")}

    def cases(self) -> list[ReviewCase]:
        return list(ReviewCase.objects.of(self.item.company_id).open())


def connect_card(company: Company, ledger: Ledger | None = None, kind: str = "CREDIT") -> Card:
    """A fresh Item of the company with one account."""
    ledger = ledger or Ledger()
    ledger.client_user_id = str(company.vendor_alias)
    account_id = ledger.open_account(kind)
    snapshot = ledger.client().fetch_item(ledger.item_id)
    item = connecting.link(company=company, user=None, snapshot=snapshot, by=SYSTEM)
    return Card(ledger, item, account_id)
