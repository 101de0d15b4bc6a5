"""Cards: the open bills and what parcelas already take, and one bill with what it is made of."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import overflow, reports
from financehub.banking.cards import moving
from financehub.banking.cards import reports as card_reports
from financehub.banking.cards.billing_cycles import later
from financehub.banking.cards.card_rows import month_named
from financehub.banking.models import Account, Transaction
from financehub.core import clock
from financehub.core.errors import DomainError, Invalid
from financehub.web import texts
from financehub.web.cards import showing
from financehub.web.cards.texts import MOVED, MOVED_BACK
from financehub.web.requests import PageRequest, actor, signed_in, writes

MONTHS_TO_MOVE = 3
MOST_PLANS = 50  # the largest


@require_safe
@signed_in
def cards(request: PageRequest) -> HttpResponse:
    """Every card with its open bill, its bills so far, and the months that parcelas already take."""
    found = card_reports.report(request.company, reports.open_accounts(request.company))
    plans = showing.plan_lines(found)
    context = {
        "report": found,
        "panels": showing.panels(request.company, found),
        "bars": showing.bars(found.committed),
        "plans": plans[:MOST_PLANS],
        "overflow": overflow.of(request.company),
        "more_plans": len(plans[MOST_PLANS:]),
        "committed_cents": sum(month.cents for month in found.committed),
        "today": clock.today(),
    }
    return render(request, "web/cards.html", context)


@require_safe
@signed_in
def bill(request: PageRequest, account_id: UUID) -> HttpResponse:
    """One bill of a card, by `?fatura=YYYY-MM`; the open one without it, and where there is none any more."""
    asked = month_named(request.GET.get("fatura"))
    card = card_reports.statement(request.company, _account(request, account_id), month=asked)
    wanted = asked or card.open.month
    if wanted not in {sheet.month for sheet in card.sheets}:
        return redirect("bill", account_id=account_id)
    sheet = card.sheet_of(wanted)
    try:
        page, more = showing.page_of(sheet, request.GET.get("depois", ""))
    except Invalid:
        return redirect("bill", account_id=account_id)
    loaded = showing.load(request.company, [*page, *sheet.repeated])
    before, after = showing.neighbours(card, sheet.month)
    check = showing.check_of(sheet)
    coming = [(plan, one) for plan in card.plans for one in plan.forecast if one.month == sheet.month]
    context = {
        "card": card,
        "account": card.account,
        "sheet": sheet,
        "check": check,
        "evidence": _evidence(request, [key for one in check.explanations for key in one.row_ids]),
        "rows": [loaded[one.row.id] for one in page if one.row.id in loaded],
        "overflow": overflow.of(request.company),
        "more": more,
        "is_first_page": "depois" not in request.GET,
        "repeated": [loaded[one.row.id] for one in sheet.repeated if one.row.id in loaded],
        "unconfirmed": sheet.unconfirmed,
        "by_card": showing.by_card(sheet),
        "coming": coming[:MOST_PLANS],
        "more_coming": len(coming[MOST_PLANS:]),
        "coming_cents": card.forecast_cents(sheet.month),
        "before": before,
        "after": after,
        "months": [later(sheet.month, step) for step in range(-MONTHS_TO_MOVE, MONTHS_TO_MOVE + 1)],
        "today": clock.today(),
    }
    return render(request, "web/bill.html", context)


@require_POST
@signed_in
@writes
def move(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Put a row on another bill; without a month the bank decides again."""
    row = Transaction.objects.of(request.company).select_related("account").get_or_raise(transaction_id)
    overflow.require_shown(row, request.company)
    month = month_named(request.POST.get("fatura"))
    try:
        moving.move(row=row, month=month, by=actor(request))
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    else:
        messages.success(request, str(MOVED if month else MOVED_BACK))
    return redirect(_back(request, row, month))


def _evidence(request: PageRequest, keys: list[UUID]) -> dict[UUID, Transaction]:
    rows = Transaction.objects.of(request.company).within(overflow.cap_of(request.company))
    rows = rows.filter(pk__in=keys).select_related("account")
    return {row.pk: row for row in rows.defer("details")}


def _account(request: PageRequest, account_id: UUID) -> Account:
    accounts = Account.objects.of(request.company).select_related("item__connector")
    found = accounts.defer("number", "owner", "document").get_or_raise(account_id)
    if not found.is_card:
        raise Http404
    return found


def _back(request: PageRequest, row: Transaction, month: date | None) -> str:
    """To the bill the row is on now, where a person chose it; else back."""
    if not row.account.is_card:
        return reverse("cards")
    where = reverse("bill", args=[row.account_id])
    if month:
        return f"{where}?fatura={month:%Y-%m}"
    target = request.POST.get("back") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else where
