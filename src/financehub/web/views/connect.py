"""Connecting a bank: the official widget, then our own page of progress, questions and errands."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import answering, connecting, listing, pluggy, preparing, questions, reports
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import ConnectAttempt, Item
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.companies import access
from financehub.core import clock
from financehub.core.errors import DomainError, LimitReached
from financehub.web import csp, progress, texts
from financehub.web.requests import PageRequest, actor, signed_in, writes


@require_safe
@csp.allow_widget
@signed_in
@writes
def connect(request: PageRequest) -> HttpResponse:
    """The page around the widget; `?item=` reconnects that bank."""
    wanted = request.GET.get("item")
    item = (
        Item.objects.of(request.company).connected().select_related("connector").get_or_raise(wanted)
        if wanted
        else None
    )
    if item is None:
        connecting.require_room(request.company)
    else:
        entitlements.require(request.company, Deed.CONNECT)
    attempt = _prepared(request)
    context = {
        "item": item,
        "connector": attempt.connector if attempt else None,
        "document": preparing.take_document(attempt) if attempt else "",
        "widget_origin": csp.origin(settings.PLUGGY_CONNECT_URL),
        "with_sandbox": settings.PLUGGY_USE_SANDBOX,
        "pluggy_is_on": pluggy.is_configured(),
    }
    return render(request, "web/connect.html", context)


@require_safe
@never_cache
@signed_in
@writes
def carry_on(request: PageRequest, token: str) -> HttpResponse:
    """An attempt that began in a chat: only the very person goes on with it, in the company it was begun for."""
    try:
        attempt = preparing.open_prepared(token, user=request.user)
    except preparing.PreparedForAnother:
        return render(request, "web/connect_refused.html", {"is_anothers": True}, status=403)
    except preparing.PreparedClosed:
        return render(request, "web/connect_refused.html", status=410)
    access.membership_of(request.user, attempt.company)
    request.session[access.CHOSEN_COMPANY] = str(attempt.company_id)
    return redirect(f"{reverse('connect')}?pedido={attempt.pk}")


def _prepared(request: PageRequest) -> ConnectAttempt | None:
    """The person's own attempt that the address names; its institution is chosen already."""
    try:
        key = UUID(request.GET.get("pedido", ""))
    except ValueError:
        return None
    mine = ConnectAttempt.objects.of(request.company).filter(user=request.user, expires_at__gt=clock.now())
    return mine.select_related("connector").filter(pk=key).first()


@require_safe
@signed_in
def under_way(request: PageRequest) -> HttpResponse:
    """Where the bank sends a person back, and where the widget ends: on to the Item, as soon as it is known."""
    item = _newest_item(request)
    if item is None:
        return render(request, "web/connect_waiting.html")
    return redirect("connect-progress", item_id=item.pk)


@require_safe
@signed_in
def follow(request: PageRequest, item_id: UUID) -> HttpResponse:
    """One Item on its way: stages, the bank's question, what went wrong, or what arrived."""
    item = Item.objects.of(request.company).connected().select_related("connector").get_or_raise(item_id)
    card = reports.connection(request.company, item)
    context = {
        "card": card,
        "item": item,
        "steps": progress.steps(card),
        "panel": progress.panel(card),
        "is_complete": progress.is_complete(card),
        "is_moving": progress.is_moving(card),
        "rows": listing.filtered(request.company, TransactionFilter(item_id=item.pk)).count(),
        "question": questions.question_of(item),
        "errand": questions.errand_of(item),
        "starts_again_by_itself": item.timed_out and item.timeouts == 1,
    }
    return render(request, "web/connect_progress.html", context)


@require_POST
@signed_in
@writes
def answer(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Pass the person's answer on to the bank; it is not kept here."""
    item = Item.objects.of(request.company).connected().get_or_raise(item_id)
    try:
        answering.answer_mfa(item=item, value=request.POST.get("value", "").strip(), by=actor(request))
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    return redirect("connect-progress", item_id=item.pk)


@require_POST
@signed_in
@writes
def try_again(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Start a new execution of the same Item."""
    item = Item.objects.of(request.company).connected().select_related("connector").get_or_raise(item_id)
    try:
        answering.refresh_item(item=item, by=actor(request))
    except LimitReached:
        raise
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    return redirect("connect-progress", item_id=item.pk)


def _newest_item(request: PageRequest) -> Item | None:
    """The Item of this person's latest attempt, once the vendor has one for it."""
    attempts = ConnectAttempt.objects.of(request.company).filter(user=request.user).order_by("-created_at")
    attempt = attempts.select_related("item__connector").first()
    if attempt is None or attempt.used_at is None:
        return None
    return attempt.item
