"""The ticket that opens a live line."""

from datetime import datetime

from django.conf import settings
from ninja import Router

from financehub.api.addresses import at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.shapes import Out
from financehub.companies import tickets
from financehub.companies.permissions import Permission
from financehub.core import clock

router = Router(tags=["realtime"])


class TicketOut(Out):
    """Connect to `url` with `?ticket=` within 30 seconds; it works once. `&after=N` resumes."""

    ticket: str
    url: str
    expires_at: datetime


@at(
    router,
    "POST",
    "/realtime/ticket",
    operation_id="issue_realtime_ticket",
    auth=allowed(Permission.READ),
    response=TicketOut,
)
def issue_ticket(request: AuthedRequest) -> TicketOut:
    """A single-use ticket for the WebSocket of this company."""
    expires_at = clock.now() + tickets.LIFETIME
    ticket = tickets.issue(request.auth.company.pk)
    return TicketOut(ticket=ticket, url=settings.REALTIME_URL, expires_at=expires_at)
