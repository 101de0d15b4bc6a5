"""Everything that runs by time, one line each; hours are of America/Sao_Paulo.

A line: its name, its task, when, what it does; how long a run may be silent, whether a missed time is made up for, and
how it is spread over the companies' connections.
"""

from datetime import timedelta

from financehub.config import env
from financehub.timetable.entries import Entry, Parts
from financehub.timetable.schedules import At, Every

MINUTE, HOUR = 60, 3600
WINDOW = timedelta(minutes=env.integer("FINANCEHUB_SPREAD_MINUTES", 60))
NIGHT = timedelta(hours=2)


def of_items(task: str, *, seconds: float, together: int, window: timedelta = WINDOW) -> Parts:
    """A part for each connection that the task names."""
    return Parts(task, "item_id", seconds=seconds, window=window, together=together)


TABLE: tuple[Entry, ...] = (
    # -- banks --
    Entry(
        "sync-all",
        "banking.items_to_look_at",
        At(env.times("FINANCEHUB_SYNC_HOURS", "0,12,18")),
        "Asks after every connection and reads those with news.",
        parts=of_items("banking.look_at", seconds=1, together=3),
    ),
    Entry(
        "sync-full",
        "banking.items_for_full_sync",
        At(env.times("FINANCEHUB_FULL_SYNC_HOUR", "6")),
        "Reads the whole look-back of every connection that no person need mend first.",
        parts=of_items("banking.sync_in_full", seconds=3.6, together=3),
    ),
    Entry(
        "sync-stale",
        "banking.stale_items",
        At(env.times("FINANCEHUB_STALE_SYNC_HOURS", "*/4", minute=20)),
        "Asks again after connections that fail or hold old data.",
        parts=of_items("banking.look_at", seconds=1, together=3),
    ),
    Entry(
        "consents",
        "banking.connected_items",
        At(env.times("FINANCEHUB_CONSENT_HOUR", "8")),
        "Mirrors every consent and renews those in their last week.",
        parts=of_items("banking.check_consents_of", seconds=2, together=2),
    ),
    Entry(
        "months",
        "banking.connected_items",
        At(env.times("FINANCEHUB_MONTH_CHECK_HOUR", "3")),
        "Compares count and sum of every month with the vendor.",
        parts=of_items("banking.check_months_of", seconds=5, together=2, window=NIGHT),
    ),
    Entry(
        "quotas",
        "banking.forecast_quotas",
        At(env.times("FINANCEHUB_QUOTA_FORECAST_HOUR", "7")),
        "Counts the connections whose monthly limits end before the month at the present pace.",
    ),
    Entry(
        "sweep-banking",
        "banking.sweep",
        Every(30),
        "Offers again syncs and looks that are due or were left by a dead worker.",
        catches_up=False,
    ),
    Entry(
        "make-words",
        "banking.make_words",
        Every(10),
        "Makes the words of rows that were written, so that a search finds them already made.",
        catches_up=False,
    ),
    Entry(
        "clean-banking",
        "banking.clean_up",
        Every(HOUR, offset=20 * MINUTE),
        "Forgets the vendor's pages whose time of keeping is over.",
    ),
    # -- notifications --
    Entry(
        "sweep-notifications",
        "notifications.sweep",
        Every(30),
        "Offers again deliveries that are due and tells what the audit trail shows.",
        catches_up=False,
    ),
    Entry(
        "digests",
        "banking.tell_digests",
        Every(5 * MINUTE),
        "Sends each person the digest of new transactions at the time the person chose.",
    ),
    Entry(
        "bills",
        "banking.companies_with_cards",
        At(env.times("FINANCEHUB_BILLS_HOUR", "9")),
        "Tells of bills that close within three days, are due tomorrow, or are late.",
        parts=Parts("banking.tell_bills_of", "company_id", seconds=0.5, window=WINDOW, together=2),
    ),
    Entry(
        "clean-notifications",
        "notifications.clean_up",
        Every(HOUR, offset=35 * MINUTE),
        "Forgets notifications of half a year ago and links that ran out.",
    ),
    # -- the bot --
    Entry(
        "sweep-bot",
        "bot.sweep",
        Every(30),
        "Offers again what was said to the bot, and tells chats how their connections go on.",
        catches_up=False,
    ),
    Entry(
        "clean-bot",
        "bot.clean_up",
        Every(HOUR, offset=35 * MINUTE),
        "Forgets updates and conversations that are long over.",
    ),
    # -- the inbox of webhooks --
    Entry(
        "sweep-webhooks",
        "webhooks.sweep",
        Every(30),
        "Offers again events that a lost message forgot, ends replaced secrets, forgets old events.",
        catches_up=False,
    ),
    Entry(
        "reconcile-webhooks",
        "webhooks.reconcile",
        Every(HOUR, offset=40 * MINUTE),
        "Asks the vendors what they told us and we did not hear.",
        lease=300,
    ),
    Entry(
        "secrets",
        "webhooks.check_secrets",
        At(env.times("FINANCEHUB_SECRET_CHECK_HOUR", "9")),
        "Tells the operators of webhook secrets that are old enough to be changed.",
    ),
    # -- subscriptions --
    Entry(
        "dunning", "billing.run_dunning", Every(15 * MINUTE), "Warns of unpaid renewals and tries them again."
    ),
    Entry(
        "reconcile-billing",
        "billing.reconcile",
        At(env.times("FINANCEHUB_BILLING_CHECK_HOUR", "4", minute=10)),
        "Compares subscriptions, invoices and payments with Stripe and heals what differs.",
        lease=300,
    ),
    Entry(
        "trials",
        "billing.remind",
        At(env.times("FINANCEHUB_TRIAL_HOUR", "9", minute=5)),
        "Tells owners whose trial ends.",
    ),
    # -- the house --
    Entry(
        "clean-house",
        "timetable.clean_up",
        Every(HOUR, offset=50 * MINUTE),
        "Forgets ended sessions, leases that ran out and events that no page waits for.",
    ),
)
