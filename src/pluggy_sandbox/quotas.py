"""Open Finance monthly quotas: calls per document, institution and kind of data."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pluggy_sandbox.clock import BRAZIL

EVERY_UPDATE = timedelta(0)
DAILY = timedelta(days=1)
WEEKLY = timedelta(days=7)


@dataclass(frozen=True)
class Quota:
    """One regulated limit, how often Pluggy spends it, and how exhaustion is told."""

    name: str
    per_month: int
    refreshed: timedelta
    product: str
    warning: str = "423"


QUOTAS = (
    Quota("accounts_list", 4, WEEKLY, "ACCOUNTS"),
    Quota("accounts_balance", 420, EVERY_UPDATE, "ACCOUNTS"),
    Quota("transactions_recent", 240, EVERY_UPDATE, "TRANSACTIONS", "TXN_003"),
    Quota("transactions_history", 4, WEEKLY, "TRANSACTIONS", "TXN_006"),
    Quota("cards_list", 4, WEEKLY, "CREDIT_CARDS"),
    Quota("cards_bills", 30, DAILY, "CREDIT_CARDS"),
    Quota("cards_limits", 240, EVERY_UPDATE, "CREDIT_CARDS"),
    Quota("investments_list", 30, DAILY, "INVESTMENTS", "INV_004"),
    Quota("investments_balance", 120, EVERY_UPDATE, "INVESTMENTS", "INV_004"),
    Quota("investments_history", 4, WEEKLY, "INVESTMENTS_TRANSACTIONS", "INV_004"),
    Quota("identity", 4, WEEKLY, "IDENTITY"),
    Quota("loans_list", 4, WEEKLY, "LOANS"),
    Quota("loans_payments", 30, DAILY, "LOANS"),
)
BY_NAME = {quota.name: quota for quota in QUOTAS}

Holder = tuple[str, int]  # (document digits, connector id): shared by every item of that person there


def month_of(moment: datetime) -> str:
    """Quotas reset on day 1 of the Brazilian calendar month."""
    return f"{moment.astimezone(BRAZIL):%Y-%m}"


@dataclass
class QuotaBook:
    """How many calls were spent, per holder, quota and month."""

    _used: dict[tuple[Holder, str, str], int] = field(default_factory=dict)

    def used(self, holder: Holder, name: str, now: datetime) -> int:
        return self._used.get((holder, name, month_of(now)), 0)

    def set_used(self, holder: Holder, name: str, used: int, now: datetime) -> None:
        self._used[holder, name, month_of(now)] = used

    def spend(self, holder: Holder, name: str, now: datetime) -> bool:
        """Take one call; False, and nothing taken, when the month's calls are gone."""
        used = self.used(holder, name, now)
        if used >= BY_NAME[name].per_month:
            return False
        self.set_used(holder, name, used + 1, now)
        return True

    def spend_product(
        self, holder: Holder, product: str, last_spent: dict[str, datetime], now: datetime
    ) -> Quota | None:
        """Spend what collecting `product` needs now; the quota that refused, or None.

        `last_spent` remembers, per item, when each quota was last taken, because lists
        are read weekly or daily while balances are read at every update.
        """
        for quota in QUOTAS:
            if quota.product != product or not _is_due(quota, last_spent.get(quota.name), now):
                continue
            if not self.spend(holder, quota.name, now):
                return quota
            last_spent[quota.name] = now
        return None

    def report(self) -> list[dict[str, object]]:
        return [
            {"document": holder[0], "connectorId": holder[1], "quota": name, "month": month, "used": used,
             "perMonth": BY_NAME[name].per_month}
            for (holder, name, month), used in self._used.items()
        ]  # fmt: skip


def _is_due(quota: Quota, last: datetime | None, now: datetime) -> bool:
    return last is None or now - last >= quota.refreshed
