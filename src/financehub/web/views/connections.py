"""A card per bank: how it is, what it needs, and what a person may do about it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import (
    allotting,
    answering,
    connecting,
    disconnecting,
    parking,
    pluggy,
    reports,
    requesting,
)
from financehub.banking.allotting import Place
from financehub.banking.models import Item, ParkedItem, Sync
from financehub.banking.quotas import ledger
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core.errors import DomainError, LimitReached, NotFound
from financehub.web import progress, texts
from financehub.web.requests import PageRequest, actor, signed_in, writes

SYNC_INSTEAD = {"already_fresh", "cannot_refresh"}


@require_safe
@signed_in
def connections(request: PageRequest) -> HttpResponse:
    """Every connected bank, those that wait for the person first."""
    panels = [progress.panel(card) for card in reports.connections(request.company)]
    line = allotting.line_of(request.company)
    accounts = [account for panel in panels for account in panel.card.accounts]
    left_out = [account.pk for account in accounts if line.place_of(account) == Place.LEFT_OUT]
    manual = [account for account in reports.open_accounts(request.company) if account.is_manual]
    context = {
        "panels": panels,
        "parked": reports.parked(request.company),
        "manual": manual,
        "line": line,
        "left_out": left_out,
        "unread": len(left_out) + len(line.waiting),
        "may_sync": entitlements.may(request.company, Deed.SYNC).is_allowed,
        "quotas": {panel.card.item.pk: ledger.lines(panel.card.item) for panel in panels},
        "pluggy_is_on": pluggy.is_configured(),
    }
    return render(request, "web/connections.html", context)


@require_POST
@signed_in
@writes
def refresh(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Ask the bank for news; where it may not be asked now, read again what the provider has."""
    item = Item.objects.of(request.company).connected().get_or_raise(item_id)
    try:
        answering.refresh_item(item=item, by=actor(request))
    except LimitReached:
        raise
    except DomainError as error:
        if error.code not in SYNC_INSTEAD:
            messages.error(request, texts.refusal(error.code))
            return redirect("connections")
        messages.info(request, texts.refusal(error.code))
        return _attempt(request, lambda: _read_again(request, item))
    return redirect("connections")


def _read_again(request: PageRequest, item: Item) -> object:
    return requesting.request_sync(item=item, trigger=Sync.Trigger.PERSON, by=actor(request), full=True)


@require_POST
@signed_in
@writes
def sync(request: PageRequest, item_id: UUID) -> HttpResponse:
    """Read again what the provider has, without asking the bank."""
    item = Item.objects.of(request.company).connected().get_or_raise(item_id)
    return _attempt(request, lambda: _read_again(request, item))


@require_POST
@signed_in
@writes
def disconnect(request: PageRequest, item_id: UUID) -> HttpResponse:
    """End a connection, keeping its history when the person wants it."""
    item = Item.objects.of(request.company).connected().get_or_raise(item_id)
    keep = bool(request.POST.get("keep_history"))
    return _attempt(
        request, lambda: disconnecting.disconnect(item=item, by=actor(request), keep_history=keep)
    )


@require_POST
@signed_in
@writes
def accept_parked(request: PageRequest, parked_id: UUID) -> HttpResponse:
    """Take in an Item that nobody here asked for."""
    parked = _parked(request, parked_id)
    company, user, by = request.company, request.user, actor(request)
    return _attempt(
        request, lambda: connecting.accept_parked(parked=parked, company=company, user=user, by=by)
    )


@require_POST
@signed_in
@writes
def refuse_parked(request: PageRequest, parked_id: UUID) -> HttpResponse:
    """Leave a parked Item out for good."""
    parked = _parked(request, parked_id)
    return _attempt(
        request, lambda: parking.refuse_parked(parked=parked, company=request.company, by=actor(request))
    )


def _parked(request: PageRequest, parked_id: UUID) -> ParkedItem:
    found = [parked for parked in reports.parked(request.company) if parked.pk == parked_id]
    if not found:
        raise NotFound
    return found[0]


def _attempt(request: PageRequest, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except (NotFound, LimitReached):
        raise
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    return redirect("connections")
