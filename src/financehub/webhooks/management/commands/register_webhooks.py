"""`financehub register_webhooks`: make the vendors tell us, and keep it so."""

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from financehub.banking import pluggy
from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.stripe.errors import StripeCallFailed
from financehub.webhooks import registering, stripe_account
from financehub.webhooks.registering import Registration


class Command(BaseCommand):
    help = "Create or repair our webhook subscriptions at Pluggy and Stripe; safe to repeat."

    def handle(self, **_options: object) -> None:
        """Each vendor that is on, whatever is missing at the other; what could not be done fails at the end."""
        vendors = {
            "pluggy": (pluggy.is_configured, registering.register_pluggy),
            "stripe": (stripe_account.is_configured, registering.register_stripe),
        }
        on = {name: register for name, (is_on, register) in vendors.items() if is_on()}
        if not on:
            raise CommandError("Neither Pluggy nor Stripe has keys here: nobody would tell us anything.")
        problems = [problem for name, register in on.items() if (problem := self._register(name, register))]
        if problems:
            raise CommandError("\n".join(problems))

    def _register(self, vendor: str, register: Callable[[], Registration]) -> str:
        try:
            registration = register()
        except NotConfigured as missing:
            return f"{vendor}: {missing.message}"
        except (PluggyError, StripeCallFailed) as error:
            return f"{vendor} refused: {error}"
        self.stdout.write(f"{vendor}: {registration.outcome} {registration.webhook_id}")
        return ""
