"""The regulated table: calls a month, per document and institution, for each kind of data. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from financehub.core.clock import SAO_PAULO

EVERY_UPDATE = timedelta(0)
DAILY = timedelta(days=1)
WEEKLY = timedelta(days=7)
SLACK = timedelta(minutes=30)  # two daily executions are rarely a full day apart to the second

BALANCE = "accounts_balance"


@dataclass(frozen=True)
class Quota:
    """One limit. `product` is the Item's, `detail` its name in `statusDetail`; `refreshed`: how often it is spent."""

    name: str
    per_month: int
    refreshed: timedelta
    product: str
    detail: str
    warnings: tuple[str, ...] = ("423",)


QUOTAS = (
    Quota("accounts_list", 4, WEEKLY, "ACCOUNTS", "accounts"),
    Quota(BALANCE, 420, EVERY_UPDATE, "ACCOUNTS", "accounts"),
    Quota("transactions_recent", 240, EVERY_UPDATE, "TRANSACTIONS", "transactions", ("TXN_003", "423")),
    Quota("transactions_history", 4, WEEKLY, "TRANSACTIONS", "transactions", ("TXN_006",)),
    Quota("cards_list", 4, WEEKLY, "CREDIT_CARDS", "creditCards"),
    Quota("cards_bills", 30, DAILY, "CREDIT_CARDS", "creditCards"),
    Quota("cards_limits", 240, EVERY_UPDATE, "CREDIT_CARDS", "creditCards"),
    Quota("cards_recent", 240, EVERY_UPDATE, "CREDIT_CARDS", "creditCards"),
    Quota("cards_history", 4, WEEKLY, "CREDIT_CARDS", "creditCards"),
    Quota("investments_list", 30, DAILY, "INVESTMENTS", "investments", ("INV_004", "423")),
    Quota("investments_balance", 120, EVERY_UPDATE, "INVESTMENTS", "investments", ("INV_004", "423")),
    Quota(
        "investments_history",
        4,
        WEEKLY,
        "INVESTMENTS_TRANSACTIONS",
        "investmentsTransactions",
        ("INV_004", "423"),
    ),
    Quota("identity", 4, WEEKLY, "IDENTITY", "identity"),
    Quota("loans_list", 4, WEEKLY, "LOANS", "loans"),
    Quota("loans_payments", 30, DAILY, "LOANS", "loans"),
)
BY_NAME = {quota.name: quota for quota in QUOTAS}


def month_of(moment: datetime) -> date:
    """The first day of the Brazilian month, in which the limits count."""
    return moment.astimezone(SAO_PAULO).date().replace(day=1)


def returns_on(month: date) -> date:
    """The day on which the limits of a month begin again."""
    return (month + timedelta(days=32)).replace(day=1)


def is_due(quota: Quota, last: datetime | None, at: datetime) -> bool:
    """Whether an execution now spends it, when the Item spent it `last`."""
    return last is None or at - last >= quota.refreshed - SLACK or quota.refreshed == EVERY_UPDATE
