"""One run of the month in a process of its own: deliver, handle, sweep once, and say what the database holds."""

import json
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from celery import current_app  # noqa: E402 - needs the app registry
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from bench.convergence_chaos import Chaos  # noqa: E402
from bench.convergence_story import ALIAS, KNOWN_DAYS, Story, World  # noqa: E402
from bench.convergence_work import Inbox, knock, let_leases_end, stored_twice, unfinished  # noqa: E402
from financehub.audit.recording import SYSTEM  # noqa: E402
from financehub.banking import connecting, scheduling, syncing  # noqa: E402
from financehub.banking import pluggy as vendor  # noqa: E402
from financehub.banking.models import Account, Connector, Item, Sync, Transaction  # noqa: E402
from financehub.companies.models import Company  # noqa: E402
from financehub.core import clock  # noqa: E402
from financehub.providers.pluggy.limits import Unlimited  # noqa: E402
from financehub.webhooks import reconciling, sweeping, waking  # noqa: E402
from financehub.webhooks.models import PaymentMirror  # noqa: E402

SECRET = settings.PLUGGY_WEBHOOK_SECRET[0]
HOURS = timedelta(hours=30)  # what "time passes" means: longer than any lease or retry


def _knock(raw: bytes) -> int:
    return knock("/api/webhooks/pluggy", raw, ("HTTP_X_WEBHOOK_SECRET", SECRET))


class Run:
    """The product's side of the month."""

    def __init__(self, order: dict[str, Any]) -> None:
        self.order = order
        simulator = World(order["url"], order["client_id"], order["client_secret"])
        settings.PLUGGY_BASE_URL = simulator.url
        settings.PLUGGY_CLIENT_ID, settings.PLUGGY_CLIENT_SECRET = order["client_id"], order["client_secret"]
        waking._bell = waking.Bell(lambda: None)  # noqa: SLF001 - who works when is the seed's to say
        vendor.PluggyLimits = Unlimited  # type: ignore[misc,assignment]  # a month passes in a minute here
        self.story = Story(simulator, order["days"])
        self.chaos = Chaos(order["seed"], has_losses=order["kind"] in {"lossy", "killed"})
        self._inbox = Inbox(order["kind"], self.chaos, _knock, vendor._client_for.cache_clear)  # noqa: SLF001
        self.events = 0

    def play(self) -> dict[str, Any]:
        """The whole month, then one sweep; what the database holds before and after it."""
        company = Company.objects.create(name="Bench", vendor_alias=ALIAS)
        self.story.connect_all()
        for key in self.story.items:
            item = connecting.link(
                company=company, user=None, snapshot=vendor.client().fetch_item(key), by=SYSTEM
            )
            _first_sync(item)
        days = list(self._days())
        before = dump()
        # The vendor cuts by the day in UTC, our days are São Paulo's: each side gets a day more than it must show.
        early, since = (
            clock.days_before(clock.today(), days).isoformat() for days in (KNOWN_DAYS + 1, KNOWN_DAYS)
        )
        syncs = list(
            Sync.objects.across_companies().values_list("status", "error_code", "trigger", "again", "new")
        )
        current_app.conf.task_always_eager = True
        sweep_once()
        after = dump()
        return {
            "before": before,
            "after": after,
            "missing": len(set(self.story.truth(since)) - known_since(early)),
            "invented": len(known_since(since) - set(self.story.truth(early))),
            "events": self.events,
            "days": len(days),
            "lost": self.chaos.lost,
            "crashes": self.chaos.crashes,
            "cuts": self.chaos.cuts,
            "doubled": doubled(),
            "syncs": syncs,
            "unfinished": unfinished(),
        }

    def _days(self) -> Any:
        days = list(range(self.order["days"] + 1))
        for number, events in zip(days, self.story.days(), strict=False):
            self.events += len(events)
            self._inbox.deliver(events, is_last=number == days[-1])
            yield number


def _first_sync(item: Item) -> None:
    at = clock.now()
    row = Sync.objects.create(
        company_id=item.company_id, item=item, trigger="first", is_full=True, due_at=at, requested_at=at
    )
    syncing.run_sync(sync_id=row.pk)


def sweep_once() -> None:
    """Time passes, then everything the clock does happens once."""
    let_leases_end()
    past = clock.now() - timedelta(seconds=1)
    Sync.objects.across_companies().filter(lease_until__isnull=False).update(lease_until=past)
    Sync.objects.across_companies().open().update(due_at=clock.now() - HOURS)
    sweeping.sweep()
    scheduling.sweep()
    scheduling.sweep()
    reconciling.reconcile(unseen_for=timedelta(0))
    for item_id in scheduling.items_for_full_sync():
        scheduling.sync_in_full(item_id)


def dump() -> dict[str, Any]:
    """The database without keys and times of our own, sorted by the vendor's ids."""
    items = Item.objects.across_companies().values_list(
        "pluggy_id", "status", "execution_status", "error_code", "connector_id", "last_updated_at"
    )
    gone = set(
        Item.objects.across_companies()
        .filter(disconnected_at__isnull=False)
        .values_list("pluggy_id", flat=True)
    )
    accounts = Account.objects.across_companies().values_list(
        "pluggy_id", "type", "name", "currency", "balance_cents"
    )
    rows = Transaction.objects.across_companies().select_related("account")
    return {
        "items": sorted([*map(str, row), row[0] in gone] for row in items),
        "accounts": sorted(list(map(str, row)) for row in accounts),
        "transactions": sorted(_row(row) for row in rows.filter(withdrawn_at__isnull=True)),
        "withdrawn": sorted(
            str(key) for key in rows.filter(withdrawn_at__isnull=False).values_list("pluggy_id", flat=True)
        ),
        "connectors": sorted(list(row) for row in Connector.objects.values_list("id", "health_status")),
        "payments": sorted(
            [str(a), str(b), c]
            for a, b, c in PaymentMirror.objects.values_list("kind", "vendor_id", "status")
        ),
    }


def known_since(day: str) -> set[str]:
    """Ids of the live rows of live connections from that day on."""
    rows = Transaction.objects.across_companies().filter(withdrawn_at__isnull=True, date__gte=day)
    rows = rows.filter(account__item__disconnected_at__isnull=True)
    return set(map(str, rows.values_list("pluggy_id", flat=True)))


def _row(row: Transaction) -> list[str]:
    values = (row.pluggy_id, row.account.pluggy_id, row.date, row.amount_cents, row.currency, row.status)
    return [*map(str, values), row.description, str(row.category_id)]


def doubled() -> int:
    """Live rows that one vendor id has more than once, and events that were stored twice: both must be 0."""
    keys = [
        str(key)
        for key in Transaction.objects.across_companies()
        .filter(withdrawn_at__isnull=True)
        .values_list("pluggy_id", flat=True)
    ]
    return len(keys) - len(set(keys)) + stored_twice()


if __name__ == "__main__":
    assert connection.vendor == "sqlite" or "postgresql" in connection.vendor
    assert isinstance(ALIAS, UUID)
    print(json.dumps(Run(json.loads(sys.argv[1])).play()))
