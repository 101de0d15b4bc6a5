"""The tray: a person's notifications in every company, the number on the bell, marking them read."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from financehub.core.errors import Invalid
from financehub.notifications import reading, wording
from financehub.notifications.models import Notification
from financehub.web.middleware import SESSION_KEY
from financehub.web.notifications import texts
from financehub.web.requests import PageRequest, signed_in

UNREAD = "nao-lidos"


@require_safe
@signed_in
def tray(request: PageRequest) -> HttpResponse:
    """Notifications, the newest first."""
    only_unread = request.GET.get("mostrar") == UNREAD
    rows = reading.tray_of(request.user)
    try:
        page = reading.page(rows.unread() if only_unread else rows, after=request.GET.get("depois"))
    except Invalid:
        return redirect("notifications")
    context = {
        "t": texts.TRAY,
        "lines": [_line(row, request) for row in page.rows],
        "next": page.next,
        "only_unread": only_unread,
        "unread": reading.unread_count(request.user),
    }
    return render(request, "web/notifications/tray.html", context)


@require_safe
@signed_in
def count(request: PageRequest) -> JsonResponse:
    """The number on the bell, for open pages."""
    return JsonResponse({"unread": reading.unread_count(request.user)})


@require_POST
@signed_in
def open_one(request: PageRequest, notification_id: UUID) -> HttpResponse:
    """Mark it read and go to the page that helps, in its company."""
    found = _mine(request, notification_id)
    reading.mark_read(found)
    request.session[SESSION_KEY] = str(found.company_id)
    return redirect(wording.word(found, spoken()).page)


@require_POST
@signed_in
def mark_one(request: PageRequest, notification_id: UUID) -> HttpResponse:
    """It was seen."""
    reading.mark_read(_mine(request, notification_id))
    return redirect("notifications")


@require_POST
@signed_in
def mark_all(request: PageRequest) -> HttpResponse:
    """Everything was seen."""
    reading.mark_all_read(request.user)
    return redirect("notifications")


def spoken() -> str:
    """The language of this page."""
    return translation.get_language() or settings.LANGUAGE_CODE


def _mine(request: PageRequest, key: UUID) -> Notification:
    return reading.tray_of(request.user).select_related("company").get_or_raise(key)


def _line(row: Notification, request: PageRequest) -> dict[str, object]:
    said = wording.word(row, spoken())
    return {
        "row": row,
        "said": said,
        "severity": texts.SEVERITIES[row.severity],
        "elsewhere": row.company.name if row.company_id != request.company.pk else "",
        "mark": str(texts.TRAY["mark_of"]).format(said.title),
    }
