"""The browsers that are told: one subscribes, is removed, or is left by its person."""

import json
from contextlib import suppress
from uuid import UUID

from allauth.account import views as account
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from financehub.companies.models import User
from financehub.core.errors import DomainError, NotFound
from financehub.notifications import pushing
from financehub.web.notifications import texts
from financehub.web.requests import PageRequest, signed_in

LONGEST_SUBSCRIPTION = 4096
THIS_BROWSER = "push_subscription"  # the session's word for its own browser's subscription


@require_POST
@signed_in
def forget_browser(request: PageRequest, pushsubscription_id: UUID) -> HttpResponse:
    """Push nothing to that browser any more."""
    pushing.forget(person=request.user, key=pushsubscription_id)
    messages.success(request, str(texts.REMOVED))
    return redirect("notification-preferences")


@require_POST
@signed_in
def subscribe(request: PageRequest) -> JsonResponse:
    """What the page's script sends once the browser has subscribed."""
    try:
        told = json.loads(request.body[:LONGEST_SUBSCRIPTION])
        kept = pushing.subscribe(person=request.user, subscription=told, browser=_browser(request))
    except (
        ValueError,
        DomainError,
        RawPostDataException,
    ):  # the last: a form, whose fields were read already
        return JsonResponse({"error": {"code": "invalid"}}, status=400)
    request.session[THIS_BROWSER] = str(kept.pk)
    return JsonResponse({"ok": "subscribed"})


@transaction.atomic
def sign_out(request: HttpRequest) -> HttpResponse:
    """Whoever sits here next is not shown what was meant for the one who leaves."""
    key = request.session.get(THIS_BROWSER)
    if request.method == "POST" and key and isinstance(request.user, User):
        with suppress(NotFound):  # removed meanwhile
            pushing.forget(person=request.user, key=UUID(key))
    answer: HttpResponse = account.logout(request)
    return answer


def _browser(request: PageRequest) -> str:
    """`Chrome · Linux`: enough for a person to know which one it is."""
    agent = request.headers.get("User-Agent", "")
    names = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
    systems = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    found = [next((name for name in known if name in agent), "") for known in (names, systems)]
    return " · ".join(word for word in found if word) or "?"
