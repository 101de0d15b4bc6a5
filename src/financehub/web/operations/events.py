"""The stream of vendor events: what came, what became of it, and running it again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from financehub.companies.permissions import Permission
from financehub.core.errors import Invalid, NotFound
from financehub.core.states import InvalidTransition
from financehub.web.operations import texts
from financehub.web.requests import PageRequest, actor, signed_in
from financehub.webhooks import door_keys, listing, masking, measuring, replaying
from financehub.webhooks.models import WebhookAlert, WebhookEvent, WebhookEventQuerySet
from financehub.webhooks.replaying import EventFilter
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

SOURCES = (PLUGGY.name, STRIPE.name)
LONGEST_WORD = 80
FIELDS = ("fonte", "situacao", "tipo", "busca")


@require_safe
@signed_in
def stream(request: PageRequest) -> HttpResponse:
    """Events by filter, the figures, the dead with their reasons, and how old the secrets are."""
    rows = _visible(request)
    wanted = _filter(request.GET)
    try:
        page = listing.page(wanted.apply(rows), after=request.GET.get("depois"))
    except Invalid:
        return redirect("events")
    figures = measuring.figures(rows)
    layers = ((texts.REFUSED_BY, figures.refused), (texts.SET_ASIDE_BY, figures.aside))
    context = {
        "lines": [_line(event) for event in page.rows],
        "next": page.next,
        "query": {name: request.GET.get(name, "") for name in FIELDS},
        "filtered": _kept(request.GET).urlencode(),
        "statuses": [(key, str(words)) for key, words in texts.STATUSES.items()],
        "sources": SOURCES,
        "figures": figures,
        "layers": [(title, _by_layer(counts)) for title, counts in layers],
        "dead": rows.filter(status=WebhookEvent.Status.DEAD).count(),
        "sees_all": _sees_all(request),
        "is_of_all": _is_of_all(request),
        "secrets": [age for source in (PLUGGY, STRIPE) for age in door_keys.ages(source)]
        if _sees_all(request)
        else [],
        "may_run": request.membership.may(Permission.MANAGE_COMPANY),
    }
    return render(request, "web/events.html", context)


@require_safe
@signed_in
def event(request: PageRequest, event_id: UUID) -> HttpResponse:
    """One event: its times, its reason, and for owners and staff its masked body."""
    found = _event(request, event_id)
    sees_body = request.user.is_staff or request.membership.may(Permission.SEE_PAYLOADS)
    context = {
        "line": _line(found),
        "is_of_all": _is_of_all(request),
        "body": masking.masked(found.body) if sees_body else "",
        "alerts": WebhookAlert.objects.filter(event=found).order_by("created_at"),
        "may_run": request.membership.may(Permission.MANAGE_COMPANY),
    }
    return render(request, "web/event.html", context)


@require_POST
@signed_in
def retry(request: PageRequest, event_id: UUID) -> HttpResponse:
    """Run one event again."""
    found = _event(request, event_id)
    try:
        replaying.retry(found, by=actor(request))
    except InvalidTransition:
        messages.info(request, str(texts.WAITS_ALREADY))
    else:
        messages.success(request, str(texts.QUEUED))
    return redirect("event", event_id)


@require_POST
@signed_in
def retry_all(request: PageRequest) -> HttpResponse:
    """Run every event of the filter again."""
    rows = _filter(request.POST).apply(_visible(request))
    count = replaying.retry_all(rows, by=actor(request), company_id=request.company.pk)
    messages.success(request, str(texts.QUEUED_MANY).format(count))
    kept = _kept(request.POST).urlencode()
    return redirect(reverse("events") + (f"?{kept}" if kept else ""))


def _visible(request: PageRequest) -> WebhookEventQuerySet:
    """For owners, admins and staff only."""
    if not request.membership.may(Permission.READ_AUDIT):
        raise PermissionDenied
    return listing.visible(request.company, is_staff=request.user.is_staff)


def _sees_all(request: PageRequest) -> bool:
    return request.user.is_staff or listing.is_alone(request.company)


def _by_layer(counts: dict[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    return [(source, texts.layer_of(layer), count) for (source, layer), count in sorted(counts.items())]


def _is_of_all(request: PageRequest) -> bool:
    """Whether the page shows what no event of this company's log tells of."""
    return request.user.is_staff and not listing.is_alone(request.company)


def _event(request: PageRequest, event_id: UUID) -> WebhookEvent:
    found = _visible(request).filter(pk=event_id).first()
    if found is None:
        raise NotFound("WebhookEvent not found")
    return found


def _filter(given: QueryDict) -> EventFilter:
    source, status, event_type, text = (given.get(name, "").strip()[:LONGEST_WORD] for name in FIELDS)
    return EventFilter(source=source, status=status, type=event_type, text=text)


def _kept(given: QueryDict) -> QueryDict:
    """The filter alone, as a query."""
    kept = QueryDict(mutable=True)
    for name in FIELDS:
        if value := str(given.get(name) or ""):
            kept[name] = value[:LONGEST_WORD]
    return kept


def _line(found: WebhookEvent) -> dict[str, object]:
    status = replaying.PARKED if found.is_parked else found.status
    return {
        "row": found,
        "status": texts.status_of(status),
        "reason": texts.reason_of(found.last_error),
        "tone": texts.TONES.get(status, ""),
        "seconds": found.seconds_to_handle,
    }
