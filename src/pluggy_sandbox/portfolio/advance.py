"""Days pass at the bank: rows appear, pending ones settle, bills close. What mutations did stays done."""

from datetime import datetime
from decimal import Decimal

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.build import generate
from pluggy_sandbox.portfolio.ledger import Row, row_from
from pluggy_sandbox.portfolio.model import Changes, Portfolio
from pluggy_sandbox.portfolio.wire import Json

_THEIRS = ("id", "createdAt", "category", "categoryId")  # a client may have set another category


def roll_forward(portfolio: Portfolio, *, now: datetime) -> Changes:
    """Bring the portfolio to `now` and tell what changed; an earlier or equal instant changes nothing.

    The bank is generated again at `now`, and only what differs from its last generation is applied.
    """
    changes = Changes()
    if now <= portfolio.made_at:
        return changes
    fresh = generate(portfolio.origin, now)
    for account_id in fresh.fingerprints:
        _apply(portfolio, fresh, account_id, changes)
    _take_state(portfolio, fresh)
    changes.accounts = {name: change for name, change in changes.accounts.items() if change}
    return changes


def _apply(portfolio: Portfolio, fresh: Portfolio, account_id: str, changes: Changes) -> None:
    before, after = portfolio.fingerprints.get(account_id, {}), fresh.fingerprints[account_id]
    source, ledger, change = fresh.ledgers[account_id], portfolio.ledgers[account_id], changes.of(account_id)
    for row in source.newest():
        if row.id not in before:
            change.note_created(ledger.absorb(row), row.date, row.created)
        elif before[row.id] != after[row.id]:
            settled = _as_known(portfolio, account_id, row)
            change.updated += ledger.absorb(settled) if settled else []
    for row_id in before.keys() - after.keys():
        change.deleted += ledger.retire(portfolio.renamed.get(row_id, row_id))


def _as_known(portfolio: Portfolio, account_id: str, row: Row) -> Row | None:
    """The new content under the id and creation time readers know; None when a mutation withdrew the row."""
    ledger = portfolio.ledgers[account_id]
    shown = ledger.find(portfolio.renamed.get(row.id, row.id))
    if shown is None:
        return None
    known = wire.decode(shown.body)
    kept = {key: known[key] for key in _THEIRS}
    fields: Json = wire.decode(row.body) | portfolio.edits.get(shown.id, {}) | kept
    return row_from(fields)


def _take_state(portfolio: Portfolio, fresh: Portfolio) -> None:
    """Everything but rows is as generated; balances keep what mutations moved."""
    for account in fresh.accounts:
        moved = Decimal(portfolio.corrections.get(str(account["id"]), 0)).scaleb(-2)
        balance = account["balance"]
        if moved and isinstance(balance, Decimal):
            account["balance"] = balance + moved
        account["updatedAt"] = wire.stamp(fresh.made_at)
    portfolio.accounts = fresh.accounts
    portfolio.fingerprints = fresh.fingerprints
    portfolio.bills, portfolio.statements = fresh.bills, fresh.statements
    portfolio.investments, portfolio.investment_transactions = (
        fresh.investments,
        fresh.investment_transactions,
    )
    portfolio.loans, portfolio.identity = fresh.loans, fresh.identity
    portfolio.made_at = fresh.made_at
