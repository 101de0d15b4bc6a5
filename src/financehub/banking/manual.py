"""Accounts and transactions a person keeps by hand, so that the product is useful with Pluggy off."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from financehub.audit.recording import Actor, Target, record
from financehub.banking.balances import checking
from financehub.banking.models import Account, AccountType, Transaction
from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.errors import Conflict, Invalid
from financehub.core.money import MAX_CENTS


class NotManual(Conflict):
    """The bank's own rows are not changed by hand: hide or annotate them instead."""

    code = "not_manual"


@dataclass(frozen=True)
class Entry:
    """What a person writes down: signed cents, money in positive."""

    amount_cents: int
    date: date
    description: str
    category_id: str | None = None

    def check(self) -> None:
        """Raises Invalid."""
        if not self.description.strip():
            raise Invalid("a description is needed", field="description")
        if self.amount_cents == 0 or abs(self.amount_cents) > MAX_CENTS:
            raise Invalid("the amount must not be zero", field="amount")


def create_account(*, company: Company, name: str, kind: str, opening_cents: int, by: Actor) -> Account:
    """A manual account; its balance is the opening balance and moves with its rows."""
    if not name.strip() or kind not in AccountType.values:
        raise Invalid("a name and a kind are needed", field="name")
    at = clock.now()
    with transaction.atomic():
        account = Account.objects.create(
            company=company,
            is_manual=True,
            type=kind,
            name=name.strip()[:120],
            balance_cents=opening_cents,
            balance_at=at,
            created_at=at,
        )
        record("company.account_created", by=by, on=Target("account", account.pk), company_id=company.pk)
        events.publish(company.pk, "account", account.pk)
    return account


def add_transaction(*, account: Account, entry: Entry, by: Actor) -> Transaction:
    """Write a row by hand into a manual account."""
    entry.check()
    _require_manual(account)
    with transaction.atomic():
        row = Transaction.objects.create(
            company_id=account.company_id,
            account=account,
            source=Transaction.Source.MANUAL,
            status=Transaction.Status.POSTED,
            currency=account.currency,
            created_at=clock.now(),
            **_columns(entry),
        )
        _move_balance(account, entry.amount_cents)
        _tell(row, "company.transaction_added", by)
    return row


def edit_transaction(*, row: Transaction, entry: Entry, by: Actor) -> Transaction:
    """Rewrite a manual row; the account's balance follows."""
    entry.check()
    with transaction.atomic():
        row = _lock_manual(row)
        moved = entry.amount_cents - row.amount_cents
        for name, value in _columns(entry).items():
            setattr(row, name, value)
        row.edited_at = clock.now()
        row.save()
        if row.deleted_at is None:
            _move_balance(row.account, moved)
        _tell(row, "company.transaction_edited", by)
    return row


def delete_transaction(*, row: Transaction, by: Actor) -> Transaction:
    """Hide a row, the bank's or a manual one; what a person deletes stays deleted until restored."""
    with transaction.atomic():
        row = _lock(row)
        if row.deleted_at is None:
            row.deleted_at = clock.now()
            row.save(update_fields=["deleted_at"])
            if row.source == Transaction.Source.MANUAL:
                _move_balance(row.account, -row.amount_cents)
            checking.check(row.account)
            _tell(row, "company.transaction_deleted", by)
    return row


def restore_transaction(*, row: Transaction, by: Actor) -> Transaction:
    """Bring a deleted row back."""
    with transaction.atomic():
        row = _lock(row)
        if row.deleted_at is not None:
            row.deleted_at = None
            row.save(update_fields=["deleted_at"])
            if row.source == Transaction.Source.MANUAL:
                _move_balance(row.account, row.amount_cents)
            checking.check(row.account)
            _tell(row, "company.transaction_restored", by)
    return row


def archive_account(*, account: Account, by: Actor) -> None:
    """Put a manual account away, with its rows."""
    _require_manual(account)
    with transaction.atomic():
        Account.objects.of(account.company_id).filter(pk=account.pk).update(archived_at=clock.now())
        record(
            "company.account_archived", by=by, on=Target("account", account.pk), company_id=account.company_id
        )
        events.publish(account.company_id, "account", account.pk)


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "amount_cents": entry.amount_cents,
        "type": "CREDIT" if entry.amount_cents > 0 else "DEBIT",
        "date": entry.date,
        "occurred_at": clock.start_of_day(entry.date),
        "description": entry.description.strip(),
        "own_category_id": entry.category_id,
    }


def _move_balance(account: Account, cents: int) -> None:
    """A card's balance is its debt, so money out raises it."""
    moved = -cents if account.is_card else cents
    rows = Account.objects.of(account.company_id).filter(pk=account.pk)
    rows.update(balance_cents=F("balance_cents") + moved, balance_at=clock.now())


def _lock(row: Transaction) -> Transaction:
    rows = Transaction.objects.of(row.company_id).select_related("account")
    return rows.select_for_update(no_key=True).get(pk=row.pk)


def _lock_manual(row: Transaction) -> Transaction:
    locked = _lock(row)
    if locked.source != Transaction.Source.MANUAL:
        raise NotManual
    return locked


def _require_manual(account: Account) -> None:
    if not account.is_manual:
        raise NotManual


def _tell(row: Transaction, action: str, by: Actor) -> None:
    record(action, by=by, on=Target("transaction", row.pk), company_id=row.company_id)
    events.publish(row.company_id, "transactions", row.account_id)
