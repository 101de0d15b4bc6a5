"""`financehub syncs`: the receipts of the last syncs, one a line, or as JSON."""

from argparse import ArgumentParser
from uuid import UUID

import msgspec
from django.core.management.base import BaseCommand, CommandError

from financehub.banking import receipts
from financehub.banking.models import Item, Sync, SyncAccount

LINE = "{requestedAt:.19}  {status:9}  {trigger:8} {item:.8}  {requests:4} requests {pages:4} pages  {words}"


class Command(BaseCommand):
    help = "Show the last syncs with their receipts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="a JSON list with everything a receipt holds")
        parser.add_argument("--item", type=UUID, help="of one connection only: our id, or Pluggy's")
        parser.add_argument(
            "--failed", action="store_true", help="the retry queue: failed, or waiting to retry"
        )
        parser.add_argument("--limit", type=int, default=20)

    def handle(self, **options: object) -> None:
        key = options["item"]
        filters = receipts.SyncFilter(
            item_id=_item(str(key)).pk if key else None, state=receipts.FAILED if options["failed"] else ""
        )
        syncs = receipts.matching(Sync.objects.across_companies(), filters).select_related("item")
        newest = list(syncs.order_by("-requested_at", "-pk")[: int(str(options["limit"]))])
        told = [receipts.plain(sync, rows) for sync, rows in _with_accounts(newest)]
        if options["json"]:
            self.stdout.write(msgspec.json.encode(told).decode())
            return
        for one in told:
            self.stdout.write(LINE.format(**one, words=_words(one)))


def _with_accounts(syncs: list[Sync]) -> list[tuple[Sync, list[SyncAccount]]]:
    rows = list(SyncAccount.objects.across_companies().filter(sync__in=syncs).order_by("pk"))
    return [(sync, [row for row in rows if row.sync_id == sync.pk]) for sync in syncs]


def _words(one: dict[str, object]) -> str:
    error = one["error"]
    if isinstance(error, dict):
        again = f", again at {error['againAt']:.19}" if error["againAt"] else ""
        return f"{error['code']}: {error['action']}{again}"
    rows = one["rows"]
    if not isinstance(rows, dict) or not one["readRows"]:
        return "no news"
    return ", ".join(f"{rows[name]} {name}" for name in ("read", "new", "changed", "withdrawn") if rows[name])


def _item(key: str) -> Item:
    items = Item.objects.across_companies()
    item = items.filter(pk=key).first() or items.filter(pluggy_id=key).first()
    if item is None:
        raise CommandError("There is no such connection.")
    return item
