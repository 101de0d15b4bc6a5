"""What an execution brings home: fresh products, stale ones, and the rows that changed."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from pluggy_sandbox import outcomes, texts
from pluggy_sandbox.clock import optional_stamp
from pluggy_sandbox.credentials import Login
from pluggy_sandbox.items import Item
from pluggy_sandbox.outcomes import Remark
from pluggy_sandbox.portfolio.advance import roll_forward
from pluggy_sandbox.portfolio.build import build_portfolio
from pluggy_sandbox.portfolio.ledger import Ledger
from pluggy_sandbox.portfolio.model import Changes
from pluggy_sandbox.portfolio.mutations import MutationRefused, mutate
from pluggy_sandbox.quotas import Quota
from pluggy_sandbox.shapes import Json, as_object, as_text
from pluggy_sandbox.state import State

DETAIL_KEYS = {
    "ACCOUNTS": "accounts",
    "CREDIT_CARDS": "creditCards",
    "TRANSACTIONS": "transactions",
    "INVESTMENTS": "investments",
    "INVESTMENTS_TRANSACTIONS": "investmentsTransactions",
    "IDENTITY": "identity",
    "PAYMENT_DATA": "paymentData",
    "LOANS": "loans",
    "ACCOUNT_STATEMENTS": "accountStatements",
}
LIMIT_MESSAGE = "The Open Finance monthly limit of this product was reached"


@dataclass(frozen=True)
class NewRows:
    """What `transactions/created` says of one account."""

    count: int
    min_date: str
    created_from: str


@dataclass
class RowNews:
    """The rows of one account that appeared, changed or vanished."""

    created: NewRows | None = None
    updated: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


@dataclass
class Collected:
    """The result of a collection."""

    status_detail: Json | None
    is_partial: bool
    news: dict[str, RowNews]  # by account id


def collect(state: State, item: Item, login: Login) -> Collected:
    """Read the bank now: spends quotas, builds or rolls the data, says what is stale."""
    now = state.now()
    remarks = [*login.outcome.warnings, *_exhausted(state, item, login, now)]
    stale = {remark.product for remark in remarks if not remark.updated}
    _mark_collected(item, stale, now)
    detail = _status_detail(item, remarks, stale) if remarks else None
    return Collected(
        detail, bool(stale), _read_rows(state, item, login, is_stale=bool(stale & _ROW_PRODUCTS))
    )


_ROW_PRODUCTS = {"ACCOUNTS", "TRANSACTIONS"}


def _exhausted(state: State, item: Item, login: Login, now: datetime) -> Iterable[Remark]:
    if not item.is_open_finance:
        return
    holder = (login.document, item.connector_id)
    for product in item.products:
        refused = state.quotas.spend_product(holder, product, item.quotas_spent_at, now)
        if refused:
            yield _limit_remark(product, refused)


def _limit_remark(product: str, quota: Quota) -> Remark:
    return Remark(product, quota.warning, LIMIT_MESSAGE, updated=False, provider_message=texts.MONTHLY_LIMIT)


def _mark_collected(item: Item, stale: set[str], now: datetime) -> None:
    for product in item.products:
        if product not in stale:
            item.collected_at[product] = now
    if item.is_open_finance:
        item.resources_collected_at = now
        item.has_resources_pending_authorization = False


def _status_detail(item: Item, remarks: list[Remark], stale: set[str]) -> Json:
    detail: Json = dict.fromkeys(DETAIL_KEYS.values())
    for product in item.products:
        key = DETAIL_KEYS.get(product)
        if key is None:
            continue
        detail[key] = {
            "isUpdated": product not in stale,
            "lastUpdatedAt": optional_stamp(item.collected_at.get(product)),
            "warnings": [_warning(remark) for remark in remarks if remark.product == product],
        }
    return detail


def _warning(remark: Remark) -> Json:
    warning: Json = {"code": remark.code, "message": remark.message}
    if remark.provider_message:
        warning["providerMessage"] = remark.provider_message
    return warning


def _read_rows(state: State, item: Item, login: Login, *, is_stale: bool) -> dict[str, RowNews]:
    if item.portfolio is None:
        return _first_read(state, item, login, is_stale=is_stale)
    if is_stale:
        return {}
    news: dict[str, RowNews] = {}
    for mutation in item.mutations:
        # The bank was asked for it days ago, and the row may be gone since: then nothing happened there.
        with suppress(MutationRefused):
            merge_news(news, apply_mutation(state, item, mutation))
    item.mutations.clear()
    merge_news(news, roll_forward(item.portfolio, now=state.now()))
    return news


def _first_read(state: State, item: Item, login: Login, *, is_stale: bool) -> dict[str, RowNews]:
    item.portfolio = build_portfolio(
        user=login.user,
        connector=item.connector,
        seed=state.seed,
        now=state.now(),
        multiplier=outcomes.multiplier_of(login.user),
        item_id=UUID(item.id),
    )
    if is_stale:
        return {}
    return {
        account_id: RowNews(created=_all_rows(ledger))
        for account_id, ledger in item.portfolio.ledgers.items()
        if len(ledger)
    }


def _all_rows(ledger: Ledger) -> NewRows:
    rows = ledger.newest()
    return NewRows(len(ledger), rows[-1].date, min(row.created for row in rows))


def apply_mutation(state: State, item: Item, mutation: Json) -> Changes:
    """Let the bank change its mind: `{kind, accountId, params}` as the control plane sends it."""
    if item.portfolio is None:
        return Changes()
    return mutate(
        item.portfolio,
        kind=as_text(mutation.get("kind")),
        account_id=as_text(mutation.get("accountId")),
        now=state.now(),
        seed=state.seed,
        params=as_object(mutation.get("params")),
    )


def merge_news(news: dict[str, RowNews], changes: Changes) -> None:
    """Add one step's changes to what subscribers will be told."""
    for account_id, change in changes.accounts.items():
        mine = news.setdefault(account_id, RowNews())
        mine.updated += change.updated
        mine.deleted += change.deleted
        if change.created:
            fresh = NewRows(len(change.created), change.min_date or "", change.created_from or "")
            mine.created = _joined(mine.created, fresh)


def _joined(earlier: NewRows | None, later: NewRows) -> NewRows:
    if earlier is None:
        return later
    return NewRows(
        earlier.count + later.count,
        min(earlier.min_date, later.min_date),
        min(earlier.created_from, later.created_from),
    )
