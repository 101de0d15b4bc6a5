"""Asking the bank for the balance of this very moment: it spends a monthly limit, so only ever for a click."""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.banking import pluggy
from financehub.banking.models import Account
from financehub.banking.quotas import guarding, spending
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock, events
from financehub.core.errors import Conflict
from financehub.core.money import to_cents
from financehub.providers.pluggy.errors import PluggyRateLimited

MONTH_IS_SPENT = "BALANCE_OPEN_FINANCE_RATE_LIMIT"


class NoLiveBalance(Conflict):
    """Only a connected bank account has a balance to ask for: no card, no account kept by hand."""

    code = "no_live_balance"


def refresh_balance(*, account: Account, by: Actor) -> Account:
    """Fetch and store the balance of now; the next sync compares it with its rows. Raises NoLiveBalance, QuotaSpent.

    Also LimitReached, where the plan reads no banks.
    """
    item = account.item
    if item is None or item.is_disconnected or account.is_card:
        raise NoLiveBalance
    entitlements.require(account.company, Deed.SYNC)
    guarding.check_balance(item)
    try:
        balance = pluggy.client().fetch_account_balance(str(account.pluggy_id))
    except PluggyRateLimited as refusal:
        if refusal.code == MONTH_IS_SPENT:
            spending.count_balance(item, refused=True)
            guarding.check_balance(item)
        raise
    with transaction.atomic():
        if item.connector.is_open_finance:
            spending.count_balance(item)
        account.balance_cents = to_cents(balance.balance)
        account.balance_at = balance.update_date_time or clock.now()
        if balance.automatically_invested_balance is not None:
            account.automatically_invested_cents = to_cents(balance.automatically_invested_balance)
        account.save(update_fields=["balance_cents", "balance_at", "automatically_invested_cents"])
        record(
            "company.balance_refreshed",
            by=by,
            on=Target("account", account.pk),
            company_id=account.company_id,
        )
        events.publish(account.company_id, "account", account.pk)
    return account
