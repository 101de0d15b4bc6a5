"""Inviting somebody into the company, and answering an invitation."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from financehub.banking import usage
from financehub.billing.entitlements import Deed
from financehub.companies import inviting, membering
from financehub.companies.models import Invitation
from financehub.core.errors import DomainError, LimitReached
from financehub.web import texts
from financehub.web.limits.counting import place_for
from financehub.web.middleware import SESSION_KEY
from financehub.web.requests import PageRequest, actor, says_why, signed_in


@require_POST
@signed_in
@says_why
def invite(request: PageRequest) -> HttpResponse:
    """Send an invitation by e-mail."""

    def link_to(token: str) -> str:
        return request.build_absolute_uri(reverse("invitation", args=[token]))

    email = request.POST.get("email", "")
    with place_for(request.company, Deed.MEMBER, partial(usage.counted_members, without=email)):
        inviting.invite(
            company=request.company,
            email=email,
            role=request.POST.get("role", ""),
            inviter=request.user,
            by=actor(request),
            link_to=link_to,
        )
    return redirect("company")


@require_POST
@signed_in
@says_why
def revoke(request: PageRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = Invitation.objects.of(request.company).select_related("company").get_or_raise(invitation_id)
    inviting.revoke(invitation=invitation, by=actor(request))
    return redirect("company")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: PageRequest, token: str) -> HttpResponse:
    """Show who invites to what; a POST accepts and goes there."""
    try:
        invitation = inviting.find(token)
        if request.method == "POST":
            with place_for(invitation.company, Deed.MEMBER, lambda it: len(membering.members_of(it))):
                place = inviting.accept(token=token, user=request.user, by=actor(request))
            request.session[SESSION_KEY] = str(place.company_id)
            return redirect("home")
    except LimitReached:
        raise
    except DomainError as error:
        return render(
            request, "company/invitation_closed.html", {"reason": texts.refusal(error.code)}, status=410
        )
    return render(request, "company/invitation.html", {"invitation": invitation})
