"""The review queue: what only a person can say, by mouse or keyboard, with its reasons, and all of it undone."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from financehub.banking import manual
from financehub.banking.balances import sheets
from financehub.banking.identity import deciding, inbox, merging, pairing
from financehub.banking.models import ReviewCase, Transaction, TransferPair
from financehub.core import clock
from financehub.core.errors import DomainError
from financehub.web.forms import ChoiceForm
from financehub.web.requests import PageRequest, actor, signed_in, writes
from financehub.web.reviewing import texts


@require_safe
@signed_in
def review(request: PageRequest) -> HttpResponse:
    """Everything that waits, and what was decided in the last month."""
    gaps = sheets.open_gaps(request.company)
    context = {"inbox": inbox.inbox(request.company), "gaps": gaps, "today": clock.today()}
    return render(request, "web/review.html", context)


@require_POST
@signed_in
@writes
def choose(request: PageRequest, case_id: UUID) -> HttpResponse:
    """This row is that one."""
    case = ReviewCase.objects.of(request.company).get_or_raise(case_id)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, texts.refusal("not_offered"))
        return redirect("review")
    of, row, by = form.cleaned_data["of"], form.cleaned_data["row"], actor(request)
    if case.kind == ReviewCase.Kind.TRANSFER:
        return _done(request, "chosen", lambda: pairing.choose(case=case, sent_id=of, received_id=row, by=by))
    return _done(request, "chosen", lambda: deciding.choose(case=case, old_id=of, new_id=row, by=by))


@require_POST
@signed_in
@writes
def refuse(request: PageRequest, case_id: UUID) -> HttpResponse:
    """None of these, and never again."""
    case = ReviewCase.objects.of(request.company).get_or_raise(case_id)
    return _done(request, "refused", lambda: deciding.refuse(case=case, by=actor(request)))


@require_POST
@signed_in
@writes
def reopen(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Take a decision back."""
    case = ReviewCase.objects.of(request.company).get_or_raise(case_id)
    return _done(request, "reopened", lambda: deciding.reopen(case=case, by=actor(request)))


@require_POST
@signed_in
@writes
def merge(request: PageRequest, case_id: UUID) -> HttpResponse:
    """The two accounts are one."""
    case = ReviewCase.objects.of(request.company).get_or_raise(case_id)
    return _done(request, "merged", lambda: merging.merge(case=case, by=actor(request)))


@require_POST
@signed_in
@writes
def part_row(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """Undo what bound a row to its present id."""
    row = Transaction.objects.of(request.company).get_or_raise(transaction_id)
    return _done(request, "parted", lambda: deciding.part(row=row, by=actor(request)))


@require_POST
@signed_in
@writes
def part_pair(request: PageRequest, pair_id: UUID) -> HttpResponse:
    """These two are not one movement."""
    pair = TransferPair.objects.of(request.company).get_or_raise(pair_id)
    return _done(request, "parted", lambda: pairing.part(pair=pair, by=actor(request)))


@require_POST
@signed_in
@writes
def keep(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """An old pending row that is right as it is."""
    row = Transaction.objects.of(request.company).get_or_raise(transaction_id)
    return _done(request, "kept", lambda: inbox.keep_expired(row=row, by=actor(request)))


@require_POST
@signed_in
@writes
def drop(request: PageRequest, transaction_id: UUID) -> HttpResponse:
    """An old pending row that will not be posted any more."""
    row = Transaction.objects.of(request.company).get_or_raise(transaction_id)
    return _done(request, "refused", lambda: manual.delete_transaction(row=row, by=actor(request)))


def _done(request: PageRequest, said: str, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except DomainError as error:
        messages.error(request, texts.refusal(error.code))
    else:
        messages.success(request, str(texts.DONE[said]))
    back = request.POST.get("back", "")
    return redirect(
        back
        if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        else reverse("review")
    )
