"""`financehub register_webhooks`: make the vendors tell us, and keep it so."""

from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import registering, stripe_account
from financehub.webhooks.registering import Registration


class Command(BaseCommand):
    help = "Create or repair our webhook subscriptions at Pluggy and Stripe; safe to repeat."

    def handle(self, **_options: object) -> None:
        self._register("Pluggy", registering.register_pluggy)
        if stripe_account.is_configured() and settings.STRIPE_WEBHOOK_URL:
            self._register("Stripe", registering.register_stripe)

    def _register(self, vendor: str, register: Callable[[], Registration]) -> None:
        try:
            registration = register()
        except NotConfigured as missing:
            raise CommandError(missing.message) from missing
        except (PluggyError, StripeCallFailed) as error:
            raise CommandError(f"{vendor} refused: {error}") from error
        self.stdout.write(f"{vendor.lower()}: {registration.outcome} {registration.webhook_id}")
