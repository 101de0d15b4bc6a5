"""`financehub retry_webhook ID`: run one stored event again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from financehub.audit.recording import SYSTEM
from financehub.core.states import InvalidTransition
from financehub.webhooks import handling
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.notices import as_uuid


class Command(BaseCommand):
    help = "Run a stored webhook event again, whatever became of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", help="our id of the event, or the vendor's eventId")

    def handle(self, **options: object) -> None:
        event = _find(str(options["id"]))
        if event is None:
            raise CommandError("There is no such event.")
        try:
            handling.retry(event, by=SYSTEM)
        except InvalidTransition as waiting:
            raise CommandError(f"The event is {event.status} already.") from waiting
        self.stdout.write(f"{event.source} {event.type}: queued again")


def _find(given: str) -> WebhookEvent | None:
    by_vendor = WebhookEvent.objects.filter(external_id=given).first()
    return by_vendor or (WebhookEvent.objects.filter(pk=given).first() if as_uuid(given) else None)
