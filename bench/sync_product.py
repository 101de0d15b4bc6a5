"""One measurement of the product's own sync, in a process of its own: the real path from HTTP to rows."""

import json
import resource
import sys
import time
from pathlib import Path

import django

django.setup()

from celery import current_app  # noqa: E402
from django.db import connection  # noqa: E402

from bench.recording import Player, Recorder  # noqa: E402 - needs the app registry
from financehub.audit.recording import SYSTEM  # noqa: E402
from financehub.banking import connecting, programs, syncing  # noqa: E402
from financehub.banking.models import Item, Sync, Transaction  # noqa: E402
from financehub.companies import registering  # noqa: E402
from financehub.core import clock  # noqa: E402
from financehub.providers.pluggy.client import PluggyClient  # noqa: E402
from financehub.providers.pluggy.limits import Unlimited  # noqa: E402
from financehub.providers.pluggy.settings import ClientSettings  # noqa: E402


def vendor(order: dict[str, str], transport: Recorder | Player | None) -> PluggyClient:
    """A client without our own rate limits."""
    settings = ClientSettings(transport=transport) if transport else ClientSettings()
    return PluggyClient(
        client_id=order["client_id"],
        client_secret=order["client_secret"],
        base_url=order["url"],
        limiter=Unlimited(),
        settings=settings,
    )


def measure(order: dict[str, str]) -> dict[str, object]:
    """Sync the Item once, or twice, and say what it took."""
    current_app.loader.import_default_modules()  # as a worker does when it starts
    player = Player(Path(order["play"])) if "play" in order else None
    recorder = Recorder() if "record" in order else None
    client = vendor(order, player or recorder)
    item = connected(order, client)
    first = timed_sync(item, client)
    answer: dict[str, object] = {"first": first, "peak_mb": _peak_mb()}
    if "again" in order:
        before = _writes()
        answer["second"] = timed_sync(item, client)
        answer["second_rows_written"] = _writes() - before
    if recorder:
        recorder.save(Path(order["record"]))
    return answer


def connected(order: dict[str, str], client: PluggyClient) -> Item:
    user = registering.register(email=f"{order['name']}@example.com", password="nothing to guess")
    company = programs.personal_company(user)
    snapshot = client.fetch_item(order["item_id"])
    return connecting.link(company=company, user=user, snapshot=snapshot, by=SYSTEM)


def timed_sync(item: Item, client: PluggyClient) -> dict[str, float]:
    at = clock.now()
    sync = Sync.objects.create(
        company_id=item.company_id,
        item=item,
        trigger=Sync.Trigger.FIRST,
        is_full=True,
        due_at=at,
        requested_at=at,
    )
    started, cpu_before = time.perf_counter(), time.process_time()
    syncing.run_sync(sync_id=sync.pk, vendor=client)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu_before
    sync.refresh_from_db()
    if sync.status != Sync.Status.SUCCEEDED:
        raise SystemExit(f"bench: the sync ended {sync.status} {sync.error_code}")
    counts = {"rows": sync.read, "new": sync.new, "changed": sync.changed}
    return {**counts, "seconds": seconds, "cpu_seconds": cpu_seconds}


def _writes() -> int:
    """Rows of the transaction table that the database itself says were written."""
    if connection.vendor != "postgresql":
        rows = Transaction.objects.across_companies()
        return rows.count() + rows.exclude(changed_at=None).count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables WHERE relname = %s",
            [Transaction._meta.db_table],
        )
        return int(cursor.fetchone()[0])


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(json.loads(sys.argv[1]))))
