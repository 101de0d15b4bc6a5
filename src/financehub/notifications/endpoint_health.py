"""How an endpoint of a company is doing: failures in a row, since when, and the word that it is back."""

from django.db import transaction
from django.db.models import F

from financehub.core import clock
from financehub.notifications import switching, telling
from financehub.notifications.models import WebhookEndpoint


@transaction.atomic
def note_success(endpoint: WebhookEndpoint) -> None:
    """It took a message. The first one after it had been disabled is told as a recovery."""
    at, rows = clock.now(), WebhookEndpoint.objects.of(endpoint.company_id).filter(pk=endpoint.pk)
    rows.update(last_ok_at=at, failing_since=None, failures=0, last_error="")
    if rows.filter(disabled_at=None).exclude(disabled_why="").update(disabled_why=""):
        key = f"{endpoint.pk}:{at.isoformat()}"
        words = {"host": switching.host_of(endpoint)}
        telling.tell(endpoint.company, "webhook_recovered", key=key, words=words)


@transaction.atomic
def note_failure(endpoint: WebhookEndpoint, reason: str) -> None:
    """It did not."""
    rows = WebhookEndpoint.objects.of(endpoint.company_id).filter(pk=endpoint.pk)
    rows.filter(failing_since=None).update(failing_since=clock.now())
    rows.update(failures=F("failures") + 1, last_error=reason)
