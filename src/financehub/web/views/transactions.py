"""The list of transactions, one of them with where it comes from, and what a person may set on it."""

from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import editing, listing, manual, overflow, provenance, reports
from financehub.banking.identity import duplicates
from financehub.banking.models import MergedRow, Transaction
from financehub.categories import tree as categories
from financehub.core import clock
from financehub.core.errors import DomainError, Invalid
from financehub.web import chips, forms, texts
from financehub.web.requests import PageRequest, actor, signed_in, writes
from financehub.web.reviewing import texts as review_texts


@require_safe
@signed_in
def transactions(request: PageRequest) -> HttpResponse:
    """One page of rows by day, newest first, under the filters of the address."""
    filters = forms.read_filter(request.GET)
    after = request.GET.get("depois")
    try:
        look = listing.look(company=request.company, filters=filters, after=after)
    except Invalid:
        return redirect("transactions")
    accounts = reports.open_accounts(request.company)
    context = {
        "coming": look.coming,
        "days": [(day, list(rows)) for day, rows in groupby(look.page.rows, key=lambda row: row.date)],
        "next": chips.with_value(request.GET, "depois", look.page.next) if look.page.next else "",
        "is_first_page": not after,
        "totals": look.totals,
        "overflow": overflow.of(request.company),
        "accounts": accounts,
        "chips": chips.of(request.GET, accounts),
        "tree": list(categories.tree()),
        "query": request.GET,
        "today": clock.today(),
        "to_choose": chips.with_value(request.GET, "juntar", "1"),
        "without_choosing": _address(chips.without(request.GET, "juntar")),
        "is_choosing": "juntar" in request.GET and request.membership.may_write,
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
        "merged": list(row.merged_rows.select_related("transaction__account").order_by("merged_at")),
        "merged_into": MergedRow.objects.of(request.company).filter(transaction=row).first(),
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
def merge(request: PageRequest) -> HttpResponse:
    """The chosen rows are one movement."""
    form = forms.MergeForm(request.POST)
    row_ids = form.cleaned_data["rows"] if form.is_valid() else []
    try:
        kept = duplicates.merge(company=request.company, row_ids=row_ids, by=actor(request))
    except DomainError as error:
        messages.error(request, review_texts.refusal(error.code))
        return redirect(_back(request))
    messages.success(request, str(review_texts.DONE["rows_merged"]))
    return redirect(f"{reverse('transaction', args=[kept.pk])}?{urlencode({'back': _back(request)})}")


@require_POST
@signed_in
@writes
def restore(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Bring a hidden row back."""
    duplicates.restore(row=_row(request, transaction_id), by=actor(request))
    messages.success(request, str(texts.RESTORED))
    return redirect(_back(request))


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


def _address(query: str) -> str:
    return f"{reverse('transactions')}?{query}" if query else reverse("transactions")


def _back(request: PageRequest) -> str:
    target = request.POST.get("back") or request.GET.get("back") or ""
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return target
    return reverse("transactions")
