"""What an authentic event begins as. These layers refuse nothing: what is odd is kept, counted and seen."""

from dataclasses import dataclass
from datetime import datetime

from financehub.webhooks import counting, rates
from financehub.webhooks.desks import DESKS, UNKNOWN_TYPE
from financehub.webhooks.models import WebhookEvent
from financehub.webhooks.notices import Notice, Source

OVER_THE_LIMIT = "over the rate limit of its type"


@dataclass(frozen=True)
class Standing:
    """Status, due time and reason of a fresh event: at once, later, never, or when a person says so."""

    status: str
    due_at: datetime | None
    reason: str = ""


def of(source: Source, notice: Notice, at: datetime) -> Standing:
    """The layers in their order: type, rate, content. What only a person may run waits for one, whatever else."""
    return _by_type(source, notice) or _by_rate_and_content(source, notice, at)


def _by_rate_and_content(source: Source, notice: Notice, at: datetime) -> Standing:
    by_rate = _by_rate(source, notice, at)
    return _by_content(source, notice, at) or by_rate or Standing(WebhookEvent.Status.RECEIVED.value, at)


def _by_type(source: Source, notice: Notice) -> Standing | None:
    if DESKS[source.name].knows(notice.type):
        return None
    counting.count(source.name, "type")
    return Standing(WebhookEvent.Status.IGNORED.value, None, UNKNOWN_TYPE)


def _by_rate(source: Source, notice: Notice, at: datetime) -> Standing | None:
    later = rates.wait_until(source.name, notice.type, at)
    if later is None:
        return None
    counting.count(source.name, "rate")
    return Standing(WebhookEvent.Status.DEFERRED.value, later, OVER_THE_LIMIT)


def _by_content(source: Source, notice: Notice, at: datetime) -> Standing | None:
    oddity = source.oddity_of(notice, at)
    if not oddity:
        return None
    counting.count(source.name, "content")
    return Standing(WebhookEvent.Status.DEFERRED.value, None, oddity)
