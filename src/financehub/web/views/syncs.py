"""Readings: every sync with its receipt, the retry queue, and a page on which a connection explains itself."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from financehub.banking import consents, freshness, problems, receipts, reports
from financehub.banking.models import Item, Sync
from financehub.banking.receipts import SyncFilter
from financehub.core import clock
from financehub.web import progress, texts
from financehub.web.requests import PageRequest, signed_in
from financehub.web.syncs import texts as words

ON_A_PAGE, OF_A_BANK = 30, 8


@require_safe
@signed_in
def syncs(request: PageRequest) -> HttpResponse:
    """The readings of a company, newest first; `situacao=failed` is the retry queue."""
    filters = _filter(request.GET)
    found = receipts.page(
        request.company, filters, before=_moment(request.GET.get("antes")), limit=ON_A_PAGE + 1
    )
    context = {
        "syncs": found[:ON_A_PAGE],
        "older": _older(request.GET, found),
        "filters": filters,
        "banks": Item.objects.of(request.company)
        .select_related("connector")
        .defer("parameter", "user_action"),
        "states": words.STATES,
        "triggers": texts.TRIGGERS,
    }
    return render(request, "web/syncs.html", context)


@require_safe
@signed_in
def sync(request: PageRequest, sync_id: UUID) -> HttpResponse:
    """One receipt in full, with both sums shown."""
    found = Sync.objects.of(request.company).select_related("item__connector").get_or_raise(sync_id)
    return render(request, "web/sync.html", {"sheet": receipts.sheet(found), "sync": found})


@require_safe
@signed_in
def connection(request: PageRequest, item_id: UUID) -> HttpResponse:
    """What a connection is doing, what is wrong, what its permission covers, and what was read."""
    item = Item.objects.of(request.company).select_related("connector", "created_by").get_or_raise(item_id)
    card, at = reports.connection(request.company, item), clock.now()
    context = {
        "panel": progress.panel(card),
        "card": card,
        "item": item,
        "problem": problems.problem_of(item, at=at),
        "consent": consents.sheet(item, at=at),
        "products": freshness.products(item),
        "syncs": receipts.page(request.company, SyncFilter(item_id=item.pk), limit=OF_A_BANK),
        "findings": receipts.findings(request.company, item),
    }
    return render(request, "web/connection.html", context)


def _filter(query: QueryDict) -> SyncFilter:
    """What the address names and means something; the rest is left out."""
    trigger, state = query.get("motivo", ""), query.get("situacao", "")
    return SyncFilter(
        item_id=_uuid(query.get("banco", "")),
        trigger=trigger if trigger in texts.TRIGGERS else "",
        state=state if state in words.STATES else "",
    )


def _older(query: QueryDict, found: list[Sync]) -> str:
    """The query of the next page; nothing at the end."""
    if len(found) <= ON_A_PAGE:
        return ""
    copy = query.copy()
    copy["antes"] = found[ON_A_PAGE - 1].requested_at.isoformat()
    return copy.urlencode()


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str | None) -> datetime | None:
    try:
        return clock.parse(text) if text else None
    except ValueError:
        return None
