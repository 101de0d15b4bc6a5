"""Short ways to say what most banking tests begin with."""

from dataclasses import dataclass

from tests.simulator import Simulator

from financehub.audit.recording import SYSTEM
from financehub.banking import connecting, syncing
from financehub.banking.models import Account, Item, Sync
from financehub.companies.models import Company
from financehub.core import clock


@dataclass(frozen=True)
class Bank:
    """A connected bank of one company, and the simulator behind it."""

    simulator: Simulator
    item: Item

    @property
    def company(self) -> Company:
        return self.item.company

    @property
    def vendor_id(self) -> str:
        return str(self.item.pluggy_id)

    def account(self, kind: str = "BANK") -> Account:
        """The first account of a kind."""
        accounts = Account.objects.of(self.company).filter(item=self.item, type=kind)
        return accounts.order_by("name").first()  # type: ignore[return-value]

    def mutate(self, kind: str, account: Account, **params: object) -> None:
        self.simulator.mutate(self.vendor_id, kind, str(account.pluggy_id), **params)

    def collect(self) -> None:
        """The bank's day goes on and Pluggy collects once more."""
        self.simulator.control(f"/items/{self.vendor_id}/auto-sync")
        self.simulator.advance(10)


def connect(simulator: Simulator, company: Company, user: str = "user-ok", connector_id: int = 2) -> Bank:
    """A bank that is connected and collected, but not synced by us."""
    snapshot = simulator.connect(company, user, connector_id)
    return Bank(simulator, connecting.link(company=company, user=None, snapshot=snapshot, by=SYSTEM))


def sync(bank: Bank, *, full: bool = False) -> Sync:
    """Run one sync to its end; the finished row."""
    at = clock.now()
    row = Sync.objects.create(
        company=bank.company, item=bank.item, trigger="timer", is_full=full, due_at=at, requested_at=at
    )
    syncing.run_sync(sync_id=row.pk)
    row.refresh_from_db()
    return row
