"""Webhook events: what vendors told us, what became of it, and running it again."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from ninja import Query, Router

from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.pagination import PageIn, PageOut
from financehub.api.shapes import In, Out
from financehub.companies.models import Membership
from financehub.companies.permissions import Permission
from financehub.core.errors import NotFound
from financehub.webhooks import listing, masking, replaying
from financehub.webhooks.models import WebhookEvent, WebhookEventQuerySet
from financehub.webhooks.replaying import EventFilter

router = Router(tags=["webhook events"])
SEE = allowed(Permission.READ_AUDIT)
RUN = allowed(Permission.MANAGE_COMPANY)


class WhichEvents(In):
    """Empty fields mean any; `status` may also be `parked`, `search` is part of a type, an id or an object."""

    source: str = ""
    status: str = ""
    type: str = ""
    search: str = ""

    def filter(self) -> EventFilter:
        return EventFilter(source=self.source, status=self.status, type=self.type, text=self.search)


class EventsIn(PageIn, WhichEvents):
    """A filter, and where to go on."""


class EventOut(Out):
    """One event. `reason` says why it failed, is ignored, or waits."""

    id: UUID
    source: str
    external_id: str
    type: str
    object_key: str
    status: str
    attempts: int
    vendor_at: datetime | None
    received_at: datetime
    due_at: datetime | None
    handled_at: datetime | None
    reason: str

    @classmethod
    def of(cls, event: WebhookEvent) -> Self:
        return cls(
            id=event.pk,
            source=event.source,
            external_id=event.external_id,
            type=event.type,
            object_key=event.object_key,
            status=replaying.PARKED if event.is_parked else event.status,
            attempts=event.attempts,
            vendor_at=event.vendor_at,
            received_at=event.received_at,
            due_at=event.due_at,
            handled_at=event.handled_at,
            reason=event.last_error,
        )


class EventDetailOut(EventOut):
    """With the body, of which only ids, states and times stand in clear; empty for all but owners and staff."""

    masked_body: str = ""


class RetriedOut(Out):
    """How many were queued again."""

    queued: int


@at(
    router,
    "GET",
    "/webhook-events/",
    operation_id="list_webhook_events",
    auth=SEE,
    response=PageOut[EventOut],
)
def list_webhook_events(request: AuthedRequest, wanted: Annotated[EventsIn, Query(...)]) -> PageOut[EventOut]:
    """The company's events, newest first."""
    page = listing.page(wanted.filter().apply(_visible(request)), after=wanted.after, limit=wanted.limit)
    return PageOut[EventOut](results=[EventOut.of(event) for event in page.rows], next=page.next)


@at(
    router,
    "GET",
    "/webhook-events/{id}/",
    operation_id="get_webhook_event",
    auth=SEE,
    response=EventDetailOut,
)
def get_webhook_event(request: AuthedRequest, key: OurId) -> EventDetailOut:
    """One event; a signed-in owner, or staff, sees its masked body as well."""
    event, caller = _event(request, key), request.auth
    shown = EventDetailOut.of(event)
    is_staff = caller.user.is_staff and isinstance(caller.grant, Membership)  # in person, not by a key
    if is_staff or caller.may(Permission.SEE_PAYLOADS):
        shown.masked_body = masking.masked(event.body)
    return shown


@at(
    router,
    "POST",
    "/webhook-events/{id}/retry/",
    operation_id="retry_webhook_event",
    auth=RUN,
    response=RetriedOut,
)
def retry_webhook_event(request: AuthedRequest, key: OurId) -> RetriedOut:
    """Run one event again, whatever became of it; 409 while it waits or runs."""
    replaying.retry(_event(request, key), by=request.auth.actor)
    return RetriedOut(queued=1)


@at(
    router,
    "POST",
    "/webhook-retries/",
    operation_id="retry_webhook_events",
    auth=RUN,
    response=RetriedOut,
)
def retry_webhook_events(request: AuthedRequest, wanted: WhichEvents) -> RetriedOut:
    """Run every event that fits again, e.g. `{"status": "dead"}`."""
    company_id = request.auth.company.pk
    rows = wanted.filter().apply(_visible(request))
    return RetriedOut(queued=replaying.retry_all(rows, by=request.auth.actor, company_id=company_id))


def _visible(request: AuthedRequest) -> WebhookEventQuerySet:
    return listing.visible(request.auth.company)


def _event(request: AuthedRequest, key: UUID) -> WebhookEvent:
    event = _visible(request).filter(pk=key).first()
    if event is None:
        raise NotFound("WebhookEvent not found")
    return event
