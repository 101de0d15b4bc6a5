"""The stream of events as somebody may see it, page by page, newest first."""

from dataclasses import dataclass
from uuid import UUID

from financehub.companies.models import Company
from financehub.core.errors import Invalid
from financehub.webhooks.models import WebhookEvent, WebhookEventQuerySet
from financehub.webhooks.notices import as_uuid


@dataclass(frozen=True)
class EventPage:
    """Events without their bodies, and the mark after which the next page starts, None on the last one."""

    rows: list[WebhookEvent]
    next: str | None


def visible(company: Company, *, is_staff: bool = False) -> WebhookEventQuerySet:
    """The company's events. Staff sees all, as does a company that is alone here: there is nobody else's."""
    if is_staff or is_alone(company):
        return WebhookEvent.objects.all()
    return WebhookEvent.objects.of(company.pk)


def is_alone(company: Company) -> bool:
    """Whether no other company lives in this installation."""
    return not Company.objects.exclude(pk=company.pk).exists()


def page(rows: WebhookEventQuerySet, *, after: str | None = None, limit: int = 50) -> EventPage:
    """The newest of these events before the mark. Raises Invalid for a mark that is not ours."""
    if after:
        rows = rows.filter(pk__lt=_key(after))
    found = list(rows.defer("body").order_by("-pk")[: limit + 1])
    shown = found[:limit]
    return EventPage(shown, str(shown[-1].pk) if len(found) > limit else None)


def _key(mark: str) -> UUID:
    key = as_uuid(mark)
    if key is None:
        raise Invalid("Unknown page mark", field="after")
    return key
