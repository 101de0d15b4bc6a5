"""One run of the month in a process of its own: deliver, handle, sweep once, and say what the database holds."""

import io
import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

django.setup()

from celery import current_app  # noqa: E402 - needs the app registry
from django.conf import settings  # noqa: E402
from django.db import DatabaseError, connection, connections  # noqa: E402

from bench.convergence_chaos import Chaos, Crash  # noqa: E402
from bench.convergence_story import ALIAS, KNOWN_DAYS, Story, World  # noqa: E402
from financehub.audit.recording import SYSTEM  # noqa: E402
from financehub.banking import connecting, scheduling, syncing  # noqa: E402
from financehub.banking import pluggy as vendor  # noqa: E402
from financehub.banking.models import Account, Connector, Item, Sync, Transaction  # noqa: E402
from financehub.companies.models import Company  # noqa: E402
from financehub.core import clock  # noqa: E402
from financehub.core.models import Lease  # noqa: E402
from financehub.providers.pluggy.limits import Unlimited  # noqa: E402
from financehub.webhooks import handling, offering, reconciling, sweeping, waking  # noqa: E402
from financehub.webhooks.early import doors_first  # noqa: E402
from financehub.webhooks.models import PaymentMirror, WebhookEvent  # noqa: E402

SECRET = settings.PLUGGY_WEBHOOK_SECRET[0]
HOURS = timedelta(hours=30)  # what "time passes" means: longer than any lease or retry
VENDOR_TRIES, ROUNDS = 6, 5
DOOR, WORK = 4, 500  # statements among which a crash is placed


def knock(raw: bytes) -> int:
    """Post to the door as it stands before Django; the status."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/api/webhooks/pluggy",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(raw)),
        "SERVER_NAME": "x",
        "SERVER_PORT": "80",
        "HTTP_X_WEBHOOK_SECRET": SECRET,
        "wsgi.input": io.BytesIO(raw),
    }
    door = doors_first(lambda _environ, _start: [b""])
    door(environ, lambda status, _headers: told.append(status))
    return int(told[0][:3])


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
        since = clock.days_before(clock.today(), KNOWN_DAYS).isoformat()
        syncs = list(
            Sync.objects.across_companies().values_list("status", "error_code", "trigger", "again", "new")
        )
        current_app.conf.task_always_eager = True
        sweep_once()
        after = dump()
        return {
            "before": before,
            "after": after,
            "missing": len(set(self.story.truth(since)) - known_since(since)),
            "invented": len(known_since(since) - set(self.story.truth(since))),
            "events": self.events,
            "days": len(days),
            "lost": self.chaos.lost,
            "crashes": self.chaos.crashes,
            "cuts": self.chaos.cuts,
            "doubled": doubled(),
            "syncs": syncs,
            "unfinished": list(WebhookEvent.objects.open().values_list("type", "status", "last_error")),
        }

    def _days(self) -> Any:
        days = list(range(self.order["days"] + 1))
        for number, events in zip(days, self.story.days(), strict=False):
            self.events += len(events)
            self._deliver(events, is_last=number == days[-1])
            yield number

    def _deliver(self, events: list[dict[str, Any]], *, is_last: bool) -> None:
        if self.order["kind"] == "quiet":
            reached = [json.dumps(event).encode() for event in events]
        else:
            reached = self.chaos.day(events, is_last=is_last)
        for part in self.chaos.parts(reached):
            for raw in part:
                self._deliver_one(raw)
            self._work_off_here()
        if self.order["kind"] == "killed":
            self._kill_a_process_at_work()

    def _deliver_one(self, raw: bytes) -> None:
        """The vendor tries again after a 503, and after an answer that never came."""
        for _ in range(VENDOR_TRIES):
            try:
                with self.chaos.mishap(DOOR):
                    status = knock(raw)
            except Crash:
                connections.close_all()
                continue
            if status != 503:
                return

    def _work_off_here(self) -> None:
        """What the bell would make a worker do, unless the broker lost it or the worker dies on the way."""
        if self.order["kind"] == "killed" or self.chaos.broker_is_away():
            return
        current_app.conf.task_always_eager = True
        for _ in range(ROUNDS):
            try:
                with self.chaos.mishap(WORK), suppress(DatabaseError):
                    if not offering.offer():
                        break
            except Crash:
                connections.close_all()
        current_app.conf.task_always_eager = False

    def _kill_a_process_at_work(self) -> None:
        """Events are worked off by a real process, which is killed at any moment."""
        connections.close_all()
        for _ in range(2):
            vendor._client_for.cache_clear()  # noqa: SLF001 - two processes must not share a connection
            worker = os.fork()
            if worker == 0:
                _work_off()
            time.sleep(self.chaos.dice.uniform(0.05, 1.0))
            os.kill(worker, signal.SIGKILL)
            os.waitpid(worker, 0)
            self.chaos.crashes += 1


def _work_off() -> None:
    """In the child: offer and handle until killed."""
    current_app.conf.task_always_eager = True
    random.seed(os.getpid())
    while True:
        with suppress(Exception):
            offering.offer()
        for key in WebhookEvent.objects.claimable(clock.now()).values_list("pk", flat=True)[:50]:
            with suppress(Exception):
                handling.handle_event(str(key))
        time.sleep(0.02)


def _first_sync(item: Item) -> None:
    at = clock.now()
    row = Sync.objects.create(
        company_id=item.company_id, item=item, trigger="first", is_full=True, due_at=at, requested_at=at
    )
    syncing.run_sync(sync_id=row.pk)


def sweep_once() -> None:
    """Time passes, then everything the clock does happens once."""
    past = clock.now() - timedelta(seconds=1)
    Lease.objects.update(expires_at=past)
    WebhookEvent.objects.filter(lease_until__isnull=False).update(lease_until=past)
    WebhookEvent.objects.filter(due_at__isnull=False).update(due_at=past)
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
    names = list(WebhookEvent.objects.values_list("external_id", flat=True))
    return len(keys) - len(set(keys)) + len(names) - len(set(names))


if __name__ == "__main__":
    assert connection.vendor == "sqlite" or "postgresql" in connection.vendor
    assert isinstance(ALIAS, UUID)
    print(json.dumps(Run(json.loads(sys.argv[1])).play()))
