"""`financehub register_webhooks`: make Pluggy tell us, and keep it so."""

from django.core.management.base import BaseCommand, CommandError

from financehub.core.errors import NotConfigured
from financehub.providers.pluggy.errors import PluggyError
from financehub.webhooks import registering


class Command(BaseCommand):
    help = "Create or repair our webhook subscription at Pluggy (PLUGGY_WEBHOOK_URL); safe to repeat."

    def handle(self, **_options: object) -> None:
        try:
            registration = registering.register_pluggy()
        except NotConfigured as missing:
            raise CommandError(missing.message) from missing
        except PluggyError as error:
            raise CommandError(f"Pluggy refused: {error}") from error
        self.stdout.write(f"pluggy: {registration.outcome} {registration.webhook_id}")
