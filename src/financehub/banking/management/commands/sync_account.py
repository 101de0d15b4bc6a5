"""`financehub sync_account ID`: sync the bank of one account now, in this process, and print the receipt."""

from argparse import ArgumentParser
from uuid import UUID

import msgspec
from django.core.management.base import BaseCommand, CommandError

from financehub.audit.recording import SYSTEM
from financehub.banking import observing, requesting, syncing
from financehub.banking.models import Account, Sync
from financehub.core.errors import DomainError

ADVICE = {
    "needs_reconnect": "the bank refuses the connection: reconnect it on the page Conexoes first",
    "needs_answer": "the bank waits for an answer: open the page Conexoes and give it",
    "not_connected": "the account belongs to no live connection",
}


class Command(BaseCommand):
    help = "Sync the bank of one account now and print the receipt as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", type=UUID, help="our id of the account, or Pluggy's")

    def handle(self, **options: object) -> None:
        account = _find(str(options["id"]))
        try:
            if account.item is not None:
                account.item = observing.observe_item(item=account.item)
            sync = requesting.check_and_request(account=account, by=SYSTEM)
            syncing.run_sync(sync_id=sync.pk)
        except DomainError as problem:
            raise CommandError(f"{problem.code}: {ADVICE.get(problem.code, problem.message)}") from problem
        sync.refresh_from_db()
        self.stdout.write(msgspec.json.encode(_receipt(sync)).decode())
        if sync.status == Sync.Status.FAILED:
            raise CommandError(f"the sync failed: {sync.error_code}")


def _find(key: str) -> Account:
    accounts = Account.objects.across_companies().select_related("item__connector")
    account = accounts.filter(pk=key).first() or accounts.filter(pluggy_id=key).first()
    if account is None:
        raise CommandError("There is no such account.")
    return account


def _receipt(sync: Sync) -> dict[str, object]:
    counts = {name: sync.__dict__[name] for name in Sync.COUNTS}
    return {"sync": str(sync.pk), "status": sync.status, "error": sync.error_code or None, **counts}
