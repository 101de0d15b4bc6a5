"""Closing the gap of a balance by hand, and taking that back."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from financehub.banking.balances import adjusting
from financehub.banking.models import Account
from financehub.core.errors import DomainError
from financehub.web import texts
from financehub.web.explaining.texts import ADJUSTED, UNDONE
from financehub.web.requests import PageRequest, actor, signed_in, writes
from financehub.web.texts import Words


@require_POST
@signed_in
@writes
def adjust(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Accept a gap as it is, with a reason."""
    account, note = _account(request, account_id), str(request.POST.get("note", ""))
    return _done(
        request, account, ADJUSTED, lambda: adjusting.adjust(account=account, note=note, by=actor(request))
    )


@require_POST
@signed_in
@writes
def undo(request: PageRequest, account_id: UUID) -> HttpResponse:
    """Take the last adjustment back."""
    account = _account(request, account_id)
    return _done(request, account, UNDONE, lambda: adjusting.undo(account=account, by=actor(request)))


def _account(request: PageRequest, account_id: UUID) -> Account:
    return Account.objects.of(request.company).defer("number", "owner", "document").get_or_raise(account_id)


def _done(request: PageRequest, account: Account, said: Words, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    else:
        messages.success(request, str(said))
    return redirect("account", account_id=account.pk)
