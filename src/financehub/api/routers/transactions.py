"""Transactions: pages of them, one of them, and what a person sets on them."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Field, Query, Router
from pydantic import ConfigDict

from financehub.api import lookups
from financehub.api.addresses import OurId, PluggyItemId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.pagination import PageIn, PageOut
from financehub.api.shapes import In, Out
from financehub.banking import editing, listing, manual
from financehub.banking.identity import duplicates
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import Transaction
from financehub.companies.permissions import Permission

router = Router(tags=["transactions"])
READ = allowed(Permission.READ)
WRITE = allowed(Permission.WRITE)


class AccountRef(Out):
    """Which account: `id` is ours, `accountId` is Pluggy's."""

    id: UUID
    account_id: UUID | None
    name: str


class TransactionOut(Out):
    """One movement. `amountCents` is signed for the person: in is positive, out negative, for cards too."""

    id: UUID
    transaction_id: UUID | None
    account: AccountRef
    source: str
    type: str
    status: str
    amount_cents: int
    currency: str
    original_amount: str | None
    original_currency: str | None
    date: date
    occurred_at: datetime
    description: str
    bank_description: str
    category_id: str | None
    bank_category_id: str | None
    note: str | None
    tags: list[str]
    is_ignored: bool
    payment_method: str | None
    operation_type: str | None
    counterparty_name: str | None
    merchant_name: str | None
    installment_number: int | None
    total_installments: int | None
    card_last4: str | None
    bill_id: str | None
    withdrawn_at: datetime | None
    deleted_at: datetime | None

    @classmethod
    def of(cls, row: Transaction) -> Self:
        account = AccountRef(id=row.account.pk, account_id=row.account.pluggy_id, name=row.account.name)
        return cls(
            id=row.pk,
            transaction_id=row.pluggy_id,
            account=account,
            source=row.source,
            type=row.type,
            status=row.status,
            amount_cents=row.amount_cents,
            currency=row.currency,
            original_amount=row.original_amount,
            original_currency=row.original_currency,
            date=row.date,
            occurred_at=row.occurred_at,
            description=row.shown_description,
            bank_description=row.description,
            category_id=row.shown_category_id,
            bank_category_id=row.category_id,
            note=row.own_note,
            tags=row.own_tags or [],
            is_ignored=row.is_ignored,
            payment_method=row.payment_method,
            operation_type=row.operation_type,
            counterparty_name=row.counterparty_name,
            merchant_name=row.merchant_name,
            installment_number=row.installment_number,
            total_installments=row.total_installments,
            card_last4=row.card_last4,
            bill_id=row.bill_pluggy_id,
            withdrawn_at=row.withdrawn_at,
            deleted_at=row.deleted_at,
        )


class TransactionsIn(PageIn):
    """Filters. `account` and `item` are our ids, `accountId` and `itemId` Pluggy's; days are inclusive."""

    model_config = ConfigDict(extra="ignore")

    account: UUID | None = None
    account_id: UUID | None = Field(None, alias="accountId")
    item: UUID | None = None
    item_id: UUID | None = Field(None, alias="itemId")
    category: str | None = Field(None, max_length=16)
    from_date: date | None = Field(None, alias="from")
    to_date: date | None = Field(None, alias="to")
    status: Literal["POSTED", "PENDING"] | None = None
    direction: Literal["in", "out"] | None = None
    text: str = Field("", max_length=200)
    with_hidden: bool = Field(False, alias="withHidden")


class PageOnlyIn(PageIn):
    """Where to go on."""


class EntryIn(In):
    """What a person writes down by hand: signed cents, money in positive."""

    amount_cents: int
    date: date
    description: str = Field(min_length=1, max_length=500)
    category_id: str | None = Field(None, max_length=16)


class NewEntryIn(EntryIn):
    """The account is one kept by hand, by our id."""

    account: UUID


class EditIn(In):
    """What a person sets beside the bank's words; what is left out stays, an empty value clears."""

    category_id: str | None = Field(None, max_length=16)
    description: str | None = Field(None, max_length=500)
    note: str | None = Field(None, max_length=4000)
    tags: list[Annotated[str, Field(max_length=60)]] | None = Field(None, max_length=20)
    is_ignored: bool | None = None


TransactionsOut = PageOut[TransactionOut]


def _page(request: AuthedRequest, filters: TransactionFilter, wanted: PageIn) -> TransactionsOut:
    company = request.auth.company
    page = listing.page(company=company, filters=filters, after=wanted.after, limit=wanted.limit)
    return TransactionsOut(results=[TransactionOut.of(row) for row in page.rows], next=page.next)


def _filter(request: AuthedRequest, wanted: TransactionsIn) -> TransactionFilter:
    """The filter in our ids; an id of another company is not found rather than ignored."""
    return TransactionFilter(
        account_id=_account(request, wanted),
        item_id=_item(request, wanted),
        category_id=wanted.category,
        from_date=wanted.from_date,
        to_date=wanted.to_date,
        status=wanted.status,
        direction=wanted.direction,
        text=wanted.text,
        with_hidden=wanted.with_hidden,
    )


def _account(request: AuthedRequest, wanted: TransactionsIn) -> UUID | None:
    if wanted.account_id:
        return lookups.account_at_pluggy(request, wanted.account_id).pk
    return lookups.account(request, wanted.account).pk if wanted.account else None


def _item(request: AuthedRequest, wanted: TransactionsIn) -> UUID | None:
    if wanted.item_id:
        return lookups.item_at_pluggy(request, wanted.item_id).pk
    return lookups.item(request, wanted.item).pk if wanted.item else None


@at(
    router,
    "GET",
    "/banking/transactions/",
    operation_id="list_transactions",
    auth=READ,
    response=TransactionsOut,
)
def list_transactions(request: AuthedRequest, wanted: Query[TransactionsIn]) -> TransactionsOut:
    """The company's transactions, the newest first.

    Rows beyond the plan's number of the period are left out until the plan is larger or the period over:
    `hiddenTransactions` of /payments/subscription/ says how many. They count in every balance and sum.
    """
    return _page(request, _filter(request, wanted), wanted)


@at(
    router,
    "GET",
    "/banking/items/{id}/transactions/",
    operation_id="list_item_transactions",
    auth=READ,
    response=TransactionsOut,
)
def list_item_transactions(
    request: AuthedRequest,
    key: OurId,
    wanted: Query[PageOnlyIn],
) -> TransactionsOut:
    """The transactions of one connection."""
    return _page(request, TransactionFilter(item_id=lookups.item(request, key).pk), wanted)


@at(
    router,
    "GET",
    "/pluggy/items/{itemId}/transactions",
    operation_id="list_item_transactions_at_pluggy",
    auth=READ,
    response=TransactionsOut,
)
def list_item_transactions_at_pluggy(
    request: AuthedRequest,
    item_id: PluggyItemId,
    wanted: Query[PageOnlyIn],
) -> TransactionsOut:
    """The same by Pluggy's id of the Item."""
    return _page(request, TransactionFilter(item_id=lookups.item_at_pluggy(request, item_id).pk), wanted)


@at(
    router,
    "POST",
    "/banking/transactions/",
    operation_id="create_transaction",
    auth=WRITE,
    response={201: TransactionOut},
)
def create_transaction(request: AuthedRequest, payload: NewEntryIn) -> TransactionOut:
    """Write a row into an account kept by hand."""
    account = lookups.account(request, payload.account)
    entry = manual.Entry(payload.amount_cents, payload.date, payload.description, payload.category_id)
    return TransactionOut.of(manual.add_transaction(account=account, entry=entry, by=request.auth.actor))


@at(
    router,
    "GET",
    "/banking/transactions/{id}/",
    operation_id="get_transaction",
    auth=READ,
    response=TransactionOut,
)
def get_transaction(request: AuthedRequest, key: OurId) -> TransactionOut:
    """One transaction, also when it is withdrawn or deleted; 403 when it is beyond the plan."""
    return TransactionOut.of(lookups.transaction(request, key))


@at(
    router,
    "PATCH",
    "/banking/transactions/{id}/",
    operation_id="edit_transaction",
    auth=WRITE,
    response=TransactionOut,
)
def edit_transaction(request: AuthedRequest, key: OurId, payload: EditIn) -> TransactionOut:
    """Set a category, a note, tags or words of one's own; a sync never overwrites them."""
    row = lookups.transaction(request, key)
    edited = editing.edit(row=row, edit=editing.Edit(**payload.model_dump()), by=request.auth.actor)
    return TransactionOut.of(edited)


@at(
    router,
    "PUT",
    "/banking/transactions/{id}/",
    operation_id="rewrite_transaction",
    auth=WRITE,
    response=TransactionOut,
)
def rewrite_transaction(request: AuthedRequest, key: OurId, payload: EntryIn) -> TransactionOut:
    """Rewrite a row kept by hand; the bank's own rows refuse this."""
    entry = manual.Entry(payload.amount_cents, payload.date, payload.description, payload.category_id)
    row = lookups.transaction(request, key)
    return TransactionOut.of(manual.edit_transaction(row=row, entry=entry, by=request.auth.actor))


@at(
    router,
    "DELETE",
    "/banking/transactions/{id}/",
    operation_id="delete_transaction",
    auth=WRITE,
    response=TransactionOut,
)
def delete_transaction(request: AuthedRequest, key: OurId) -> TransactionOut:
    """Hide a row until it is restored."""
    row = lookups.transaction(request, key)
    return TransactionOut.of(manual.delete_transaction(row=row, by=request.auth.actor))


@at(
    router,
    "POST",
    "/banking/transactions/{id}/restore/",
    operation_id="restore_transaction",
    auth=WRITE,
    response=TransactionOut,
)
def restore_transaction(request: AuthedRequest, key: OurId) -> TransactionOut:
    """Bring a hidden row back."""
    row = lookups.transaction(request, key)
    return TransactionOut.of(duplicates.restore(row=row, by=request.auth.actor))
