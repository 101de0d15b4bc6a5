"""The review queue: what only a person can say, by mouse or keyboard, with its reasons, and all of it undone."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import manual
from financehub.banking.balances import sheets
from financehub.banking.identity import deciding, duplicates, history, inbox, merging, pairing, unmerging
from financehub.banking.models import ReviewCase, Transaction, TransferPair
from financehub.core import clock
from financehub.core.errors import DomainError, Invalid
from financehub.core.tenancy import TenantModel
from financehub.web.forms import ChoiceForm
from financehub.web.requests import PageRequest, actor, signed_in, writes
from financehub.web.reviewing import texts

LATEST = 8
RowT = TypeVar("RowT", bound=TenantModel)
Deed = Callable[[RowT, PageRequest], object]


@require_safe
@signed_in
def review(request: PageRequest) -> HttpResponse:
    """What waits, a page at a time, and the latest of what was decided."""
    after = request.GET.get("depois")
    try:
        found = inbox.inbox(request.company, after=after)
    except Invalid:
        return redirect("review")
    latest = history.decided(request.company, limit=LATEST) if not after else history.Page([], None)
    mine = (one.what.pk for one in latest.decisions if one.is_a_persons)
    context = {
        "inbox": found,
        "is_first_page": not after,
        "gaps": sheets.open_gaps(request.company) if not after else [],
        "latest": latest,
        "last_of_mine": next(mine, None),
        "today": clock.today(),
    }
    return render(request, "web/review.html", context)


@require_safe
@signed_in
def decisions(request: PageRequest) -> HttpResponse:
    """Everything that was decided, by a person or by a rule."""
    try:
        page = history.decided(request.company, after=request.GET.get("depois"))
    except Invalid:
        return redirect("review-decisions")
    return render(request, "web/decisions.html", {"page": page, "is_first_page": "depois" not in request.GET})


def _choose(case: ReviewCase, request: PageRequest) -> None:
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise deciding.NotOffered
    of, row, by = form.cleaned_data["of"], form.cleaned_data["row"], actor(request)
    if case.kind == ReviewCase.Kind.TRANSFER:
        pairing.choose(case=case, sent_id=of, received_id=row, by=by)
    else:
        deciding.choose(case=case, old_id=of, new_id=row, by=by)


def _reopen(case: ReviewCase, request: PageRequest) -> None:
    is_merge = case.kind == ReviewCase.Kind.SAME_ACCOUNT and case.status == ReviewCase.Status.ACCEPTED
    undo = unmerging.undo if is_merge else deciding.reopen
    undo(case=case, by=actor(request))


def _view(model: type[RowT], said: str, deed: Deed[RowT]) -> Callable[..., HttpResponse]:
    """A view that finds a row of the company, does one thing with it, says how that went, and goes back."""

    @require_POST
    @signed_in
    @writes
    def view(request: PageRequest, /, **named: UUID) -> HttpResponse:
        (key,) = named.values()
        row = model.objects.of(request.company).get_or_raise(key)
        try:
            deed(row, request)
        except DomainError as error:
            messages.error(request, texts.refusal(error.code))
        else:
            messages.success(request, str(texts.DONE[said]))
        back = request.POST.get("back", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return redirect(back if is_ours else reverse("review"))

    return view


choose = _view(ReviewCase, "chosen", _choose)
refuse = _view(ReviewCase, "refused", lambda case, request: deciding.refuse(case=case, by=actor(request)))
reopen = _view(ReviewCase, "reopened", _reopen)
merge = _view(ReviewCase, "merged", lambda case, request: merging.merge(case=case, by=actor(request)))
part_row = _view(Transaction, "parted", lambda row, request: deciding.part(row=row, by=actor(request)))
part_pair = _view(TransferPair, "parted", lambda pair, request: pairing.part(pair=pair, by=actor(request)))
part_merged = _view(
    Transaction, "rows_parted", lambda row, request: duplicates.part(row=row, by=actor(request))
)
keep = _view(Transaction, "kept", lambda row, request: inbox.keep_expired(row=row, by=actor(request)))
drop = _view(
    Transaction, "dropped", lambda row, request: manual.delete_transaction(row=row, by=actor(request))
)
