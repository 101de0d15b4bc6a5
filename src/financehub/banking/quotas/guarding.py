"""Refusing a call that the bank would refuse: before it is made, with the day on which it is possible again."""

from financehub.banking.models import Item
from financehub.banking.quotas import ledger, regulated
from financehub.core.errors import TryLater


class QuotaSpent(TryLater):
    """The month's calls for this kind of data are gone for this document at this bank."""

    code = "quota_spent"


def check_balance(item: Item) -> None:
    """Before a live balance. Raises QuotaSpent."""
    _check(item, regulated.BALANCE)


def check_refresh(item: Item) -> None:
    """Before a new execution for a click: it is worth nothing when what every update reads is spent.

    A weekly or daily limit that is spent stops nothing: the execution goes without it. Raises QuotaSpent.
    """
    every_update = [quota.name for quota in regulated.QUOTAS if quota.refreshed == regulated.EVERY_UPDATE]
    _check(item, *every_update)


def _check(item: Item, *names: str) -> None:
    line = ledger.spent_line(item, *names)
    if line is not None:
        raise QuotaSpent(quota=line.name, returns_on=line.returns_on.isoformat())
