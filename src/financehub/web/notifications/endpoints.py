"""Outgoing webhooks of a company: addresses, secrets, switches, deliveries and sending them again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from financehub.companies.permissions import Permission
from financehub.core.errors import Conflict, Invalid
from financehub.core.states import InvalidTransition
from financehub.notifications import endpoints
from financehub.notifications.endpoints import Issued
from financehub.notifications.kinds import FOR_PROGRAMS
from financehub.notifications.models import Delivery, WebhookEndpoint
from financehub.notifications.models.deliveries import Channel
from financehub.web.notifications import texts
from financehub.web.requests import PageRequest, actor, signed_in

DELIVERIES_SHOWN = 50


@require_safe
@signed_in
def overview(request: PageRequest) -> HttpResponse:
    """Every address with its state."""
    _require(request)
    return _render(request)


@require_POST
@never_cache
@signed_in
def add(request: PageRequest) -> HttpResponse:
    """A new address; this answer is the only place where its secret is shown."""
    _require(request)
    given = request.POST
    try:
        issued = endpoints.add(
            company=request.company,
            url=given.get("url", ""),
            kinds=given.getlist("kinds"),
            description=given.get("description", ""),
            by=actor(request),
        )
    except (Invalid, Conflict):
        messages.error(request, str(texts.ADDRESS))
        return redirect("endpoints")
    return _render(request, issued=issued)


@require_safe
@signed_in
def endpoint(request: PageRequest, webhookendpoint_id: UUID) -> HttpResponse:
    """One address and what was sent there."""
    found = _endpoint(request, webhookendpoint_id)
    rows = endpoints.deliveries_of(found).order_by("-pk")[:DELIVERIES_SHOWN]
    context = {"t": texts.ENDPOINTS, "one": _line(found), "deliveries": [_delivery(row) for row in rows]}
    return render(request, "web/notifications/endpoint.html", context)


@require_POST
@never_cache
@signed_in
def rotate(request: PageRequest, webhookendpoint_id: UUID) -> HttpResponse:
    """A new secret, shown once; the former one signs as well for a day."""
    found = _endpoint(request, webhookendpoint_id)
    return _render(request, issued=endpoints.rotate(endpoint=found, by=actor(request)))


@require_POST
@signed_in
def enable(request: PageRequest, webhookendpoint_id: UUID) -> HttpResponse:
    """Send there again."""
    endpoints.enable(endpoint=_endpoint(request, webhookendpoint_id), by=actor(request))
    messages.success(request, str(texts.ON_AGAIN))
    return redirect("endpoint", webhookendpoint_id)


@require_POST
@signed_in
def disable(request: PageRequest, webhookendpoint_id: UUID) -> HttpResponse:
    """Send nothing there for now."""
    endpoints.disable(endpoint=_endpoint(request, webhookendpoint_id), by=actor(request))
    return redirect("endpoint", webhookendpoint_id)


@require_POST
@signed_in
def remove(request: PageRequest, webhookendpoint_id: UUID) -> HttpResponse:
    """Forget the address."""
    endpoints.remove(endpoint=_endpoint(request, webhookendpoint_id), by=actor(request))
    messages.success(request, str(texts.REMOVED))
    return redirect("endpoints")


@require_POST
@signed_in
def replay_missed(request: PageRequest, webhookendpoint_id: UUID) -> HttpResponse:
    """Send again what failed or was skipped."""
    count = endpoints.replay_missed(endpoint=_endpoint(request, webhookendpoint_id), by=actor(request))
    messages.success(request, str(texts.REPLAYED).format(count))
    return redirect("endpoint", webhookendpoint_id)


@require_POST
@signed_in
def replay(request: PageRequest, delivery_id: UUID) -> HttpResponse:
    """Send one message again."""
    sent = Delivery.objects.of(request.company).filter(channel=Channel.WEBHOOK).get_or_raise(delivery_id)
    found = _endpoint(request, sent.target)
    try:
        endpoints.replay_one(endpoint=found, delivery_id=delivery_id, by=actor(request))
    except InvalidTransition:
        messages.info(request, str(texts.WAITS))
    else:
        messages.success(request, str(texts.REPLAYED).format(1))
    return redirect("endpoint", found.pk)


def _require(request: PageRequest) -> None:
    if not request.membership.may(Permission.MANAGE_COMPANY):
        raise PermissionDenied


def _endpoint(request: PageRequest, key: UUID | str) -> WebhookEndpoint:
    found = WebhookEndpoint.objects.of(request.company).select_related("company").get_or_raise(key)
    _require(request)
    return found


def _render(request: PageRequest, *, issued: Issued | None = None) -> HttpResponse:
    context = {
        "t": texts.ENDPOINTS,
        "lines": [_line(one) for one in endpoints.endpoints_of(request.company)],
        "issued": issued,
        "kinds": [(kind, texts.KINDS[kind]) for kind in FOR_PROGRAMS],
    }
    return render(request, "web/notifications/endpoints.html", context)


def _line(one: WebhookEndpoint) -> dict[str, object]:
    return {
        "row": one,
        "kinds": [texts.KINDS[kind] for kind in one.kinds if kind in texts.KINDS],
        "why": texts.reason(one.disabled_why) if one.disabled_why else "",
        "error": texts.reason(one.last_error) if one.last_error else "",
    }


def _delivery(row: Delivery) -> dict[str, object]:
    kind = texts.KINDS[row.notification.kind]
    return {
        "row": row,
        "kind": kind,
        "status": texts.STATUSES[row.status],
        "tone": texts.TONES[row.status],
        "reason": texts.reason(row.reason) if row.reason else "",
        "replay": str(texts.ENDPOINTS["replay_of"]).format(kind),
    }
