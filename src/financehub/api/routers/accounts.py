"""Accounts and cards, the bank's and those kept by hand."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from ninja import Field, Router

from financehub.api import lookups
from financehub.api.addresses import OurId, PluggyItemId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.routers.syncs import SyncOut
from financehub.api.shapes import In, Out
from financehub.banking import allotting, manual, requesting
from financehub.banking.allotting import Line
from financehub.banking.models import Account, AccountType
from financehub.banking.models.accounts import AccountQuerySet
from financehub.companies.permissions import Permission

router = Router(tags=["accounts"])
READ = allowed(Permission.READ)
WRITE = allowed(Permission.WRITE)


class ItemRef(Out):
    """Which connection: `id` is ours, `itemId` is Pluggy's."""

    id: UUID
    item_id: UUID
    connector_name: str


class CardOut(Out):
    """What only a card has."""

    credit_limit_cents: int | None
    available_limit_cents: int | None
    minimum_payment_cents: int | None
    close_date: date | None
    due_date: date | None
    brand: str
    level: str


class AccountOut(Out):
    """`balanceCents` is the funds of a BANK account and the open debt, positive, of a CREDIT one.

    `sync` of a connected account: synced, waiting (for a larger plan) or left_out (listed with its balance only).
    """

    id: UUID
    account_id: UUID | None
    item: ItemRef | None
    type: str
    subtype: str
    name: str
    marketing_name: str
    number_last4: str
    currency: str
    balance_cents: int
    balance_at: datetime | None
    is_manual: bool
    sync: str | None
    card: CardOut | None

    @classmethod
    def of(cls, account: Account, line: Line) -> Self:
        place = line.place_of(account)
        return cls(
            id=account.pk,
            account_id=account.pluggy_id,
            item=_item_ref(account),
            type=account.type,
            subtype=account.subtype,
            name=account.name,
            marketing_name=account.marketing_name,
            number_last4=account.number_last4,
            currency=account.currency,
            balance_cents=account.balance_cents,
            balance_at=account.balance_at,
            is_manual=account.is_manual,
            sync=place.value if place else None,
            card=CardOut.model_validate(account, from_attributes=True) if account.is_card else None,
        )


class AccountsOut(Out):
    """Accounts by name."""

    results: list[AccountOut]


class NewAccountIn(In):
    """An account that no bank is connected to."""

    name: str = Field(min_length=1, max_length=120)
    type: AccountType = AccountType.BANK
    opening_balance_cents: int = 0


def _item_ref(account: Account) -> ItemRef | None:
    if account.item is None:
        return None
    item = account.item
    return ItemRef(id=item.pk, item_id=item.pluggy_id, connector_name=item.connector.name)


class SyncedAccountsIn(In):
    """Our ids of accounts to sync from now on, and of accounts to leave out; a place given up can be taken at once."""

    start: list[UUID] = Field(default_factory=list, max_length=500)
    stop: list[UUID] = Field(default_factory=list, max_length=500)


class SyncedAccountsOut(AccountsOut):
    """Every account of a live connection; a null `limit` is none."""

    limit: int | None


def shown(request: AuthedRequest, account: Account) -> AccountOut:
    """An account of the caller's company as it is answered."""
    return AccountOut.of(account, allotting.line_of(request.auth.company))


def _list(request: AuthedRequest, rows: AccountQuerySet) -> AccountsOut:
    line = allotting.line_of(request.auth.company)
    return AccountsOut(results=[AccountOut.of(account, line) for account in rows.order_by("name", "id")])


@at(router, "GET", "/banking/accounts/", operation_id="list_accounts", auth=READ, response=AccountsOut)
def list_accounts(request: AuthedRequest) -> AccountsOut:
    """Every account of the company."""
    return _list(request, lookups.accounts(request))


@at(
    router,
    "POST",
    "/banking/accounts/",
    operation_id="create_account",
    auth=WRITE,
    response={201: AccountOut},
)
def create_account(request: AuthedRequest, payload: NewAccountIn) -> AccountOut:
    """Open an account kept by hand."""
    account = manual.create_account(
        company=request.auth.company,
        name=payload.name,
        kind=payload.type,
        opening_cents=payload.opening_balance_cents,
        by=request.auth.actor,
    )
    return shown(request, account)


@at(
    router,
    "POST",
    "/banking/accounts/synced/",
    operation_id="choose_synced_accounts",
    auth=WRITE,
    response=SyncedAccountsOut,
)
def choose_synced_accounts(request: AuthedRequest, payload: SyncedAccountsIn) -> SyncedAccountsOut:
    """Choose which accounts are synced, all or nothing; 403 names the plan that has room for so many.

    One that starts brings its whole history, and all that happened while it was left out.
    """
    company = request.auth.company
    line = allotting.choose(company=company, start=payload.start, stop=payload.stop, by=request.auth.actor)
    rows = lookups.accounts(request).of_banks().order_by("name", "id")
    return SyncedAccountsOut(limit=line.limit, results=[AccountOut.of(account, line) for account in rows])


@at(router, "GET", "/banking/accounts/{id}/", operation_id="get_account", auth=READ, response=AccountOut)
def get_account(request: AuthedRequest, key: OurId) -> AccountOut:
    """One account."""
    return shown(request, lookups.account(request, key))


@at(
    router,
    "GET",
    "/banking/items/{id}/accounts/",
    operation_id="list_item_accounts",
    auth=READ,
    response=AccountsOut,
)
def list_item_accounts(request: AuthedRequest, key: OurId) -> AccountsOut:
    """The accounts of one connection."""
    return _list(request, lookups.accounts(request).filter(item=lookups.item(request, key)))


@at(
    router,
    "GET",
    "/pluggy/items/{itemId}/accounts",
    operation_id="list_item_accounts_at_pluggy",
    auth=READ,
    response=AccountsOut,
)
def list_item_accounts_at_pluggy(request: AuthedRequest, item_id: PluggyItemId) -> AccountsOut:
    """The same by Pluggy's id of the Item."""
    return _list(request, lookups.accounts(request).filter(item=lookups.item_at_pluggy(request, item_id)))


@at(
    router,
    "POST",
    "/banking/accounts/{id}/sync/",
    operation_id="sync_account",
    auth=WRITE,
    response={202: SyncOut},
)
def sync_account(request: AuthedRequest, key: OurId) -> SyncOut:
    """Read the account's connection again; 409 says what the person must do first."""
    account = lookups.account(request, key)
    return SyncOut.of(requesting.check_and_request(account=account, by=request.auth.actor))
