"""Rows a person writes by hand: add one, rewrite one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from financehub.banking import manual, reports
from financehub.banking.manual import Entry
from financehub.banking.models import Account, Transaction
from financehub.categories import tree as categories
from financehub.core import clock, money
from financehub.core.errors import DomainError, NotFound
from financehub.web import forms, texts
from financehub.web.requests import PageRequest, actor, signed_in, writes

GET_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_AND_POST)
@signed_in
@writes
def add(request: PageRequest) -> HttpResponse:
    """A new row in a manual account."""
    accounts = [account for account in reports.open_accounts(request.company) if account.is_manual]
    if not accounts:
        return redirect("new-account")
    form = forms.EntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        account = _chosen(accounts, request.POST.get("account", ""))
        try:
            manual.add_transaction(account=account, entry=_entry(form), by=actor(request))
        except DomainError as error:
            messages.error(request, texts.refusal(error.code))
        else:
            messages.success(request, str(texts.SAVED))
            return redirect(f"{reverse('transactions')}?conta={account.pk}")
    initial = {"date": clock.today().isoformat(), "account": request.GET.get("conta", "")}
    return _form_page(request, form, initial, accounts=accounts)


@require_http_methods(GET_AND_POST)
@signed_in
@writes
def rewrite(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Change a row that was written by hand; the bank's rows do not exist here."""
    rows = Transaction.objects.of(request.company).filter(source=Transaction.Source.MANUAL)
    row = rows.select_related("account").get_or_raise(transaction_id)
    form = forms.EntryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            manual.edit_transaction(row=row, entry=_entry(form), by=actor(request))
        except DomainError as error:
            messages.error(request, texts.refusal(error.code))
        else:
            messages.success(request, str(texts.SAVED))
            return redirect(f"{reverse('transactions')}?conta={row.account_id}")
    initial = {
        "description": row.description,
        "amount": money.format_amount(abs(row.amount_cents)).removeprefix("R$ "),
        "direction": "in" if row.amount_cents > 0 else "out",
        "date": row.date.isoformat(),
        "category": row.own_category_id or "",
    }
    return _form_page(request, form, initial, accounts=[])


def _entry(form: forms.EntryForm) -> Entry:
    asked = form.cleaned_data
    return Entry(form.signed_cents(), asked["date"], asked["description"], asked["category"] or None)


def _chosen(accounts: list[Account], account_id: str) -> Account:
    for account in accounts:
        if str(account.pk) == account_id:
            return account
    raise NotFound("Account not found")


def _form_page(
    request: PageRequest, form: forms.EntryForm, initial: dict[str, str], *, accounts: list[Account]
) -> HttpResponse:
    values = {**initial, **request.POST.dict()} if form.is_bound else initial
    context = {
        "form": form,
        "values": values,
        "accounts": accounts,
        "tree": list(categories.tree()),
        "is_new": bool(accounts),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/entry.html", context, status=status)
