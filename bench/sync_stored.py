"""One measurement of a sync on top of many rows: the table is filled by SQL, then the same news is read twice."""

import json
import sys
from pathlib import Path

import django

django.setup()

from celery import current_app  # noqa: E402
from django.db import connection  # noqa: E402

from bench import sync_product as product  # noqa: E402 - needs the app registry
from bench.recording import Player  # noqa: E402
from financehub.banking import collecting  # noqa: E402
from financehub.banking.models import Account, Item  # noqa: E402
from financehub.core import clock  # noqa: E402
from financehub.providers.pluggy.client import PluggyClient  # noqa: E402

OLDEST_DAYS, NEWEST_DAYS = 4000, 400  # before today, so that no sync expects the bank to show them
COLUMNS = (
    "id, company_id, account_id, source, created_at, is_ignored, pluggy_id, content_hash, type, status, "
    "amount_cents, currency, date, occurred_at, description"
)
FILL = {
    "postgresql": (
        f"INSERT INTO banking_transaction ({COLUMNS}) SELECT gen_random_uuid(), %s::uuid, %s::uuid, 'vendor', "
        "day, false, gen_random_uuid(), decode(md5(n::text), 'hex'), 'DEBIT', 'POSTED', -(n %% 90000) - 100, "
        "'BRL', day::date, day, 'Compra ' || n FROM (SELECT n, date_trunc('day', now()) - "
        "(%s + n %% %s) * interval '1 day' + interval '3 hours' AS day FROM generate_series(1, %s) n) rows"
    ),
    "sqlite": (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %s) "
        f"INSERT INTO banking_transaction ({COLUMNS}) SELECT lower(hex(randomblob(16))), %s, %s, 'vendor', "
        "datetime('now'), 0, lower(hex(randomblob(16))), randomblob(16), 'DEBIT', 'POSTED', "
        "-(n %% 90000) - 100, 'BRL', date('now', '-' || (%s + n %% %s) || ' days'), "
        "datetime(date('now', '-' || (%s + n %% %s) || ' days'), '+3 hours'), 'Compra ' || n FROM numbers"
    ),
}


def fill(account: Account, rows: int) -> None:
    """Rows of the years before the window, as earlier syncs would have left them."""
    days = (NEWEST_DAYS, OLDEST_DAYS - NEWEST_DAYS)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FILL["postgresql"], [str(account.company_id), str(account.pk), *days, rows])
        else:
            owner = (account.company_id.hex, account.pk.hex)
            cursor.execute(FILL["sqlite"], [rows, *owner, *days, *days])
        cursor.execute("ANALYZE banking_transaction")


def _account_to_fill(item: Item, client: PluggyClient) -> Account:
    accounts = collecting.collect_accounts(item, client, at=clock.now())
    return next(account for account in accounts if not account.is_card)


def measure(order: dict[str, str]) -> dict[str, float]:
    """Microseconds for each row of the news, and for each row of the same answer read once more."""
    current_app.loader.import_default_modules()
    client = product.vendor(order, Player(Path(order["play"])))
    item = product.connected(order, client)
    fill(_account_to_fill(item, client), int(order["stored"]))
    told: dict[str, float] = {"stored": int(order["stored"])}
    for name in ("news", "again"):
        timed = product.timed_sync(item, client)
        told[f"{name}_rows"] = timed["rows"]
        told[f"{name}_us_per_row"] = round(timed["seconds"] / timed["rows"] * 1e6, 1)
        told[f"{name}_cpu_us_per_row"] = round(timed["cpu_seconds"] / timed["rows"] * 1e6, 1)
    return told


if __name__ == "__main__":
    print(json.dumps(measure(json.loads(sys.argv[1]))))
