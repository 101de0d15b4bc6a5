"""`financehub retry_webhook ID`, or by filter: run stored events again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from financehub.audit.recording import SYSTEM
from financehub.core.states import InvalidTransition
from financehub.webhooks import replaying
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.notices import as_uuid
from financehub.webhooks.replaying import PARKED, EventFilter


class Command(BaseCommand):
    help = "Run a stored webhook event again, whatever became of it; or all that fit a filter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", nargs="?", help="our id of the event, or the vendor's")
        parser.add_argument("--source", default="", choices=["", "pluggy", "stripe"])
        parser.add_argument("--type", default="", help="every event of this type")
        parser.add_argument(
            "--status", default="", choices=["", *WebhookEvent.Status.values, PARKED], help="e.g. dead"
        )

    def handle(self, **options: object) -> None:
        if options["id"]:
            self._retry_one(str(options["id"]))
            return
        chosen = EventFilter(
            source=str(options["source"]), type=str(options["type"]), status=str(options["status"])
        )
        if chosen == EventFilter():
            raise CommandError("Name an event, or say which: --type, --status, --source.")
        count = replaying.retry_all(chosen.apply(WebhookEvent.objects.all()), by=SYSTEM)
        self.stdout.write(f"{count} queued again")

    def _retry_one(self, given: str) -> None:
        event = _find(given)
        if event is None:
            raise CommandError("There is no such event.")
        try:
            replaying.retry(event, by=SYSTEM)
        except InvalidTransition as waiting:
            raise CommandError(f"The event is {event.status} already.") from waiting
        self.stdout.write(f"{event.source} {event.type}: queued again")


def _find(given: str) -> WebhookEvent | None:
    by_vendor = WebhookEvent.objects.filter(external_id=given).first()
    return by_vendor or (WebhookEvent.objects.filter(pk=given).first() if as_uuid(given) else None)
