"""`financehub setup_stripe`: our plans, the portal and the webhook endpoint at Stripe, and keep them so."""

from django.core.management.base import BaseCommand, CommandError

from financehub.billing import cataloguing
from financehub.core.errors import NotConfigured
from financehub.providers.stripe.errors import StripeCallFailed


class Command(BaseCommand):
    help = "Create or repair products, prices and the portal at Stripe; safe to repeat."

    def handle(self, **_options: object) -> None:
        try:
            for line in cataloguing.drift():
                self.stdout.write(f"drift: {line}")
            outcome = cataloguing.set_up()
        except NotConfigured as missing:
            raise CommandError(missing.message) from missing
        except StripeCallFailed as error:
            raise CommandError(f"Stripe refused: {error}") from error
        for name, done in outcome.done.items():
            self.stdout.write(f"{name}: {done}")
        self.stdout.write("webhook endpoint: run `financehub register_webhooks`")
