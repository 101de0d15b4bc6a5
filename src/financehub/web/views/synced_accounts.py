"""Which accounts of the connected banks are synced: a person chooses, as many as the plan allows."""

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from financehub.banking import allotting
from financehub.banking.models import Account, Connector
from financehub.core.errors import LimitReached
from financehub.web.limits import refusing
from financehub.web.limits.texts import CHOSEN
from financehub.web.requests import PageRequest, actor, signed_in, writes
from financehub.web.views.entries import GET_AND_POST


@require_http_methods(GET_AND_POST)
@signed_in
@writes
def synced_accounts(request: PageRequest) -> HttpResponse:
    """The accounts of every live bank with a box each; what is changed is changed all or nothing."""
    if request.method == "POST":
        wanted, shown = _ids(request, "account"), _ids(request, "was")
        try:
            allotting.choose(
                company=request.company, start=wanted - shown, stop=shown - wanted, by=actor(request)
            )
        except LimitReached as error:
            return _page(request, wanted, refused=refusing.said(error), status=403)
        messages.success(request, str(CHOSEN))
        return redirect("synced-accounts")
    return _page(request, None)


def _page(
    request: PageRequest, wanted: set[UUID] | None, *, refused: str = "", status: int = 200
) -> HttpResponse:
    line = allotting.line_of(request.company)
    rows = Account.objects.of(request.company).of_banks().select_related("item__connector")
    rows = rows.defer("number", "owner", "document", "item__parameter", "item__user_action")
    found = rows.order_by("item__connector__name", "item_id", "name", "id")
    context = {
        "banks": [(bank, list(accounts)) for bank, accounts in groupby(found, key=_bank)],
        "synced": line.synced,
        "waiting": line.waiting,
        "checked": line.synced if wanted is None else wanted,
        "limit": line.limit,
        "free": line.free,
        "refused": refused,
    }
    return render(request, "web/synced_accounts.html", context, status=status)


def _bank(account: Account) -> Connector | None:
    return account.item.connector if account.item else None


def _ids(request: PageRequest, name: str) -> set[UUID]:
    """The ids of a field; what is none is nobody's, and found by nobody."""
    found = set()
    for text in request.POST.getlist(name):
        try:
            found.add(UUID(text))
        except ValueError:
            found.add(UUID(int=0))
    return found
