"""One account or card, and accounts kept by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from financehub.banking import allotting, listing, manual, overflow, reports, requesting
from financehub.banking.balances import sheets
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import Account
from financehub.billing import entitlements
from financehub.billing.entitlements import Deed
from financehub.core import clock
from financehub.core.errors import DomainError, LimitReached
from financehub.web import charts, forms, texts
from financehub.web.requests import PageRequest, actor, signed_in, writes
from financehub.web.views.entries import GET_AND_POST

LAST_ROWS = 12


@require_safe
@signed_in
def account(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Balances, bills, the last receipt and the last rows of one account."""
    found = _account(request, account_id)
    sheet = reports.account_sheet(request.company, found)
    filters = TransactionFilter(account_id=found.pk, to_date=clock.today())
    line = allotting.line_of(request.company)
    context = {
        "account": found,
        "place": line.place_of(found),
        "may_sync": entitlements.may(request.company, Deed.SYNC).is_allowed,
        "overflow": overflow.of(request.company),
        "sheet": sheet,
        "balance": sheets.sheet(found),
        "bars": charts.bars(sheet.months),
        "rows": listing.page(company=request.company, filters=filters, limit=LAST_ROWS).rows,
        "today": clock.today(),
    }
    return render(request, "web/account.html", context)


@require_POST
@signed_in
@writes
def sync(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Read this account's connection again; the Item's state comes first."""
    found = _account(request, account_id)
    try:
        requesting.check_and_request(account=found, by=actor(request))
    except LimitReached:
        raise
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    return redirect("account", account_id=account_id)


@require_POST
@signed_in
@writes
def archive(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Put a manual account away."""
    found = _account(request, account_id)
    try:
        manual.archive_account(account=found, by=actor(request))
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
        return redirect("account", account_id=account_id)
    return redirect("home")


@require_http_methods(GET_AND_POST)
@signed_in
@writes
def new_account(request: PageRequest) -> HttpResponse:
    """An account that no bank is connected to."""
    form = forms.AccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        created = manual.create_account(
            company=request.company,
            name=asked["name"],
            kind=asked["kind"],
            opening_cents=asked["opening"] or 0,
            by=actor(request),
        )
        return redirect("account", account_id=created.pk)
    context = {"form": form, "values": request.POST}
    return render(request, "web/new_account.html", context, status=422 if form.is_bound else 200)


def _account(request: PageRequest, account_id: UUID) -> Account:
    accounts = Account.objects.of(request.company).select_related("item__connector")
    return accounts.defer("number", "owner", "document").get_or_raise(account_id)
