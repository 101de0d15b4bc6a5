"""The list of transactions, one of them with where it comes from, and what a person may set on it."""

from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import editing, listing, manual, overflow, provenance, reports
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import Transaction
from financehub.categories import tree as categories
from financehub.core import clock
from financehub.core.errors import DomainError, Invalid
from financehub.web import chips, forms, texts
from financehub.web.requests import PageRequest, actor, signed_in, writes

MOST_COMING = 100


@require_safe
@signed_in
def transactions(request: PageRequest) -> HttpResponse:
    """One page of rows by day, newest first, under the filters of the address."""
    filters = forms.read_filter(request.GET)
    past, coming = _split_at_today(filters)
    after = request.GET.get("depois")
    try:
        page = listing.page(company=request.company, filters=past, after=after)
    except Invalid:
        return redirect("transactions")
    accounts = reports.open_accounts(request.company)
    context = {
        "coming": _nearest_first(request, coming) if coming and not after else [],
        "days": [(day, list(rows)) for day, rows in groupby(page.rows, key=lambda row: row.date)],
        "next": chips.with_value(request.GET, "depois", page.next) if page.next else "",
        "is_first_page": not after,
        "totals": listing.totals(company=request.company, filters=filters),
        "overflow": overflow.of(request.company),
        "accounts": accounts,
        "chips": chips.of(request.GET, accounts),
        "tree": list(categories.tree()),
        "query": request.GET,
        "today": clock.today(),
        "may_add": any(account.is_manual for account in accounts),
    }
    return render(request, "web/transactions.html", context)


@require_safe
@signed_in
def transaction(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """One row: what the bank said, what a person changed, when, and in which Sync."""
    row = _row(request, transaction_id)
    trail = provenance.trail(row)
    context = {
        "row": row,
        "trail": trail,
        "may_part": any(step.kind == "rebound" for step in trail),
        "tree": list(categories.tree()),
        "back": _back(request),
        "today": clock.today(),
    }
    return render(request, "web/transaction.html", context)


@require_POST
@signed_in
@writes
def edit(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Set category, description, note, and whether the row counts."""
    row = _row(request, transaction_id)
    form = forms.EditForm(request.POST)
    if not form.is_valid():
        messages.error(request, texts.refusal("invalid"))
        return redirect(_back(request))
    wanted = _wanted(row, form)
    try:
        editing.edit(row=row, edit=wanted, by=actor(request))
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
        return redirect(_back(request))
    messages.success(request, str(texts.SAVED))
    return redirect(_back(request))


@require_POST
@signed_in
@writes
def delete(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Hide a row until somebody restores it."""
    manual.delete_transaction(row=_row(request, transaction_id), by=actor(request))
    messages.success(request, str(texts.DELETED))
    return redirect(_back(request))


@require_POST
@signed_in
@writes
def restore(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Bring a hidden row back."""
    manual.restore_transaction(row=_row(request, transaction_id), by=actor(request))
    messages.success(request, str(texts.RESTORED))
    return redirect(_back(request))


def _split_at_today(filters: TransactionFilter) -> tuple[TransactionFilter, TransactionFilter | None]:
    """What has happened, and apart from it what is still to come; all together when the address names days."""
    if filters.from_date or filters.to_date:
        return filters, None
    today = clock.today()
    return replace(filters, to_date=today), replace(filters, from_date=today + timedelta(days=1))


def _nearest_first(request: PageRequest, coming: TransactionFilter) -> list[Transaction]:
    rows = listing.page(company=request.company, filters=coming, limit=MOST_COMING).rows
    return rows[::-1]


def _row(request: PageRequest, transaction_id: UUID) -> Transaction:
    rows = Transaction.objects.of(request.company).select_related("account__item__connector")
    row = rows.get_or_raise(transaction_id)
    overflow.require_shown(row, request.company)
    return row


def _wanted(row: Transaction, form: forms.EditForm) -> editing.Edit:
    """Only what differs: saying again what the bank says is no edit."""
    asked = form.cleaned_data
    category = "" if asked["category"] == (row.category_id or "") else asked["category"]
    description = "" if asked["description"] == row.description else asked["description"]
    return editing.Edit(
        category_id=category if category != (row.own_category_id or "") else None,
        description=description if description != (row.own_description or "") else None,
        note=asked["note"] if asked["note"] != (row.own_note or "") else None,
        is_ignored=asked["ignored"] if asked["ignored"] != row.is_ignored else None,
    )


def _back(request: PageRequest) -> str:
    target = request.POST.get("back") or request.GET.get("back") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return reverse("transactions")
