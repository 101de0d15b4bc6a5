"""`financehub rebuild --from-raw ACCOUNT`: what the retained pages give, beside the rows that are stored."""

from argparse import ArgumentParser
from uuid import UUID

import msgspec
from django.core.management.base import BaseCommand, CommandError

from financehub.banking import rebuilding
from financehub.banking.models import Account


class Command(BaseCommand):
    help = "Make an account's rows again from its raw pages; only compares unless told to write."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-raw", type=UUID, required=True, help="our id of the account, or Pluggy's")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="compare only (the default)")
        what.add_argument("--write", action="store_true", help="restore rows that are missing or different")

    def handle(self, **options: object) -> None:
        account = _find(str(options["from_raw"]))
        result = rebuilding.rebuild(account, write=bool(options["write"]))
        self.stdout.write(msgspec.json.encode(result).decode())
        lost = result.states.get("missing", 0) + result.states.get("different", 0)
        if lost and not options["write"]:
            raise CommandError(f"{lost} rows are not as the raw pages say; --write restores them")


def _find(key: str) -> Account:
    accounts = Account.objects.across_companies()
    account = accounts.filter(pk=key).first() or accounts.filter(pluggy_id=key).first()
    if account is None:
        raise CommandError("There is no such account.")
    return account
