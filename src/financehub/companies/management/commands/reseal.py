"""`financehub reseal`: after a new key was put in front of FINANCEHUB_KEYS, seal everything with it."""

import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from financehub.audit.recording import SYSTEM
from financehub.companies import resealing
from financehub.core import crypto
from financehub.core.resealing import BATCH, Tally


class Command(BaseCommand):
    help = "Seal every encrypted value with the first key of FINANCEHUB_KEYS; may be stopped and run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=BATCH, help=f"rows at a time (default {BATCH})")

    def handle(self, **options: object) -> None:
        tallies = resealing.reseal(by=SYSTEM, tell=self._tell, batch=int(str(options["batch"])))
        resealed = sum(tally.resealed for tally in tallies)
        closed = [tally for tally in tallies if tally.closed]
        for tally in closed:
            self.stderr.write(f"{tally.where}: {tally.closed} values open with no key of the ring")
        if closed:
            self.stderr.write("Put the key that sealed them back into FINANCEHUB_KEYS and run this again.")
            sys.exit(1)
        self.stdout.write(f"{resealed} values sealed again; the first key seals everything now.")
        ring = crypto.ring()
        if len(ring.ciphers) > 1:
            self.stdout.write(
                "The other keys may leave FINANCEHUB_KEYS. Keep the blind indexes with this entry:"
            )
            self.stdout.write(ring.index_entry)

    def _tell(self, tally: Tally) -> None:
        self.stdout.write(f"{tally.where}: {tally.resealed} sealed again")
        self.stdout.flush()
