"""`financehub setup_stripe`: our plans, the portal and the webhook endpoint at Stripe, made or kept so."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from financehub.billing import cataloguing
from financehub.core.errors import NotConfigured
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import registering

AnswerT = TypeVar("AnswerT")
NO_ADDRESS = "webhook endpoint: not made, STRIPE_WEBHOOK_URL is empty"


class Command(BaseCommand):
    help = "Create or repair products, prices, portal and webhook endpoint at Stripe; safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only say what differs; 1 when something does"
        )

    def handle(self, **options: object) -> None:
        found = self._asked(_drift)
        for line in found:
            self.stdout.write(f"drift: {line}")
        if options["check"]:
            if found:
                raise CommandError(f"{len(found)} differences")
            self.stdout.write("as planned")
            return
        for name, done in self._asked(_set_up).items():
            self.stdout.write(f"{name}: {done}")
        if not settings.STRIPE_WEBHOOK_URL:
            self.stdout.write(NO_ADDRESS)

    def _asked(self, ask: Callable[[], AnswerT]) -> AnswerT:
        try:
            return ask()
        except NotConfigured as missing:
            raise CommandError(missing.message) from missing
        except StripeCallFailed as error:
            raise CommandError(f"Stripe refused: {error}") from error


def _drift() -> list[str]:
    return cataloguing.drift() + (registering.stripe_drift() if settings.STRIPE_WEBHOOK_URL else [])


def _set_up() -> dict[str, str]:
    """What was done, by name: created, repaired or unchanged."""
    done = dict(cataloguing.set_up().done)
    if settings.STRIPE_WEBHOOK_URL:
        done["webhook endpoint"] = registering.register_stripe().outcome
    return done
