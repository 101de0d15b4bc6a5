"""`financehub rotate_webhook_secret pluggy|stripe`: a new secret, with the old one valid for at most a day."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from financehub.audit.recording import SYSTEM
from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import rotating


class Command(BaseCommand):
    help = "Make a new webhook secret and give it to the vendor; the old one ends when the new one is proved."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=["pluggy", "stripe"])

    def handle(self, **options: object) -> None:
        source = str(options["source"])
        try:
            registration = rotating.rotate(source, by=SYSTEM)
        except NotConfigured as missing:
            raise CommandError(missing.message) from missing
        except (PluggyError, StripeCallFailed) as error:
            raise CommandError(f"{source} refused: {error}") from error
        self.stdout.write(f"{source}: new secret, {registration.outcome} {registration.webhook_id}")
        self.stdout.write("The old one is valid until a delivery proves the new one, at most 24 hours.")
