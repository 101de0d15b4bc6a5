"""What one Item shows: all the simulated bank knows about its customer, in the vendor's JSON shapes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pluggy_sandbox.portfolio.ledger import Ledger
from pluggy_sandbox.portfolio.wire import Json


@dataclass(frozen=True)
class Origin:
    """From what a portfolio was made; the same origin and `now` make the same portfolio again."""

    user: str
    connector: Json
    seed: int
    item_id: UUID
    started: datetime  # when the Item was first collected: history reaches 24 months back from here
    multiplier: int = 1


@dataclass
class Portfolio:
    """Ready-to-serve data of one Item. Dicts hold money as Decimal: encode them with `wire.encode`.

    `ledgers`, `bills`, `statements` are keyed by account id; `investment_transactions` by investment id.
    """

    origin: Origin
    made_at: datetime
    accounts: list[Json] = field(default_factory=list)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    bills: dict[str, list[Json]] = field(default_factory=dict)
    investments: list[Json] = field(default_factory=list)
    investment_transactions: dict[str, list[Json]] = field(default_factory=dict)
    loans: list[Json] = field(default_factory=list)
    identity: Json | None = None
    statements: dict[str, list[Json]] = field(default_factory=dict)
    fingerprints: dict[str, dict[str, int]] = field(
        default_factory=dict
    )  # account -> row id -> content as generated
    renamed: dict[str, str] = field(default_factory=dict)  # generated row id -> the id it has after re-keying
    edits: dict[str, Json] = field(default_factory=dict)  # row id -> fields that mutations set for good
    withdrawn: dict[str, list[bytes]] = field(
        default_factory=dict
    )  # account -> deleted rows that may return, oldest first
    corrections: dict[str, int] = field(
        default_factory=dict
    )  # account -> cents that mutations moved its balance by

    def account(self, account_id: str) -> Json | None:
        """The account with that id, or None."""
        return next((account for account in self.accounts if account["id"] == account_id), None)

    def accounts_of(self, kind: str) -> Iterator[Json]:
        """The accounts of type `BANK` or `CREDIT`."""
        return (account for account in self.accounts if account["type"] == kind)


@dataclass
class AccountChanges:
    """What happened to the rows of one account: ids, the oldest date touched, the first creation instant."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    min_date: str | None = None  # of the created rows, for transactionsMinDate
    created_from: str | None = None  # for transactionsCreatedAtFrom

    def note_created(self, ids: list[str], date: str, created: str) -> None:
        """Remember new rows of one date."""
        self.created += ids
        self.min_date = min(self.min_date or date, date)
        self.created_from = min(self.created_from or created, created)

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.deleted)


@dataclass
class Changes:
    """What one step changed, per account id; accounts without a change are absent."""

    accounts: dict[str, AccountChanges] = field(default_factory=dict)

    def of(self, account_id: str) -> AccountChanges:
        """The changes of one account, to be filled."""
        return self.accounts.setdefault(account_id, AccountChanges())

    def __bool__(self) -> bool:
        return any(self.accounts.values())
