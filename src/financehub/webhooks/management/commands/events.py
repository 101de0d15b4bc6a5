"""`financehub events [--json | --markdown]`: every vendor event, what we do with it, and how many came."""

from argparse import ArgumentParser
from dataclasses import asdict

import msgspec
from django.core.management.base import BaseCommand

from financehub.webhooks import documenting, measuring


class Command(BaseCommand):
    help = "Show every event of each vendor with its effect and counters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")
        parser.add_argument("--markdown", action="store_true", help="the text of docs/events.md")

    def handle(self, **options: object) -> None:
        if options["markdown"]:
            self.stdout.write(documenting.document(), ending="")
            return
        covered = measuring.coverage()
        if options["json"]:
            plain = {source: [asdict(row) for row in rows] for source, rows in covered.items()}
            self.stdout.write(msgspec.json.encode(plain).decode())
            return
        for source, rows in covered.items():
            for row in rows:
                counts = f"{row.received:>7} {row.handled:>7} {row.ignored:>7} {row.failed:>7}"
                self.stdout.write(f"{source:<7}{row.event:<52}{counts}  {row.effect}")
