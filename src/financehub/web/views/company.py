"""The company's page: its people and roles, its API keys, what was done, and which company one looks at."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from financehub.audit import reading
from financehub.banking import usage
from financehub.billing.entitlements import Deed
from financehub.companies import access, api_keys, inviting, membering, registering
from financehub.companies.api_keys import IssuedKey
from financehub.companies.models import ApiKey, Membership, User
from financehub.companies.permissions import Permission, Role, Scope
from financehub.core.errors import Invalid
from financehub.web import texts
from financehub.web.limits.counting import place_for
from financehub.web.middleware import SESSION_KEY
from financehub.web.requests import PageRequest, actor, says_why, signed_in


@require_safe
@signed_in
def overview(request: PageRequest) -> HttpResponse:
    """Everything about the company on one page; what a role may not do is not offered."""
    return render_overview(request)


def render_overview(request: PageRequest, *, issued: IssuedKey | None = None) -> HttpResponse:
    """The page, once with the secret of a key that was just issued."""
    place, company = request.membership, request.company
    manages_keys = place.may(Permission.MANAGE_KEYS)
    context = {
        "places": access.memberships_of(request.user),
        "members": membering.members_of(company),
        "invitations": inviting.open_invitations(company) if place.may_administer else [],
        "keys": api_keys.keys_of(company) if manages_keys else [],
        "roles": [role for role in Role.values if role != Role.OWNER or place.may(Permission.MANAGE_OWNERS)],
        "scopes": Scope.values,
        "issued": issued,
        "manages_members": place.may_administer,
        "manages_owners": place.may(Permission.MANAGE_OWNERS),
        "manages_keys": manages_keys,
        "manages_company": place.may(Permission.MANAGE_COMPANY),
        "reads_trail": place.may(Permission.READ_AUDIT),
    }
    return render(request, "company/overview.html", context)


@require_POST
@signed_in
def switch(request: PageRequest) -> HttpResponse:
    """Look at another of the person's companies from here on."""
    chosen = request.POST.get("company", "")
    places = [place for place in access.memberships_of(request.user) if str(place.company_id) == chosen]
    if places:
        request.session[SESSION_KEY] = chosen
    return redirect("home")


@require_POST
@signed_in
@says_why
def open_new(request: PageRequest) -> HttpResponse:
    """Open a further company and go there."""
    name = request.POST.get("name", "")
    opened = registering.open_company(user=request.user, name=name, by=actor(request))
    request.session[SESSION_KEY] = str(opened.id)
    return redirect("company")


@require_POST
@signed_in
@says_why
def rename(request: PageRequest) -> HttpResponse:
    """Give the company another name."""
    registering.rename_company(company=request.company, name=request.POST.get("name", ""), by=actor(request))
    return redirect("company")


@require_POST
@signed_in
@says_why
def change_role(request: PageRequest, membership_id: UUID) -> HttpResponse:
    """Make a member something else."""
    place = Membership.objects.of(request.company).get_or_raise(membership_id)
    membering.change_role(membership=place, role=request.POST.get("role", ""), by=actor(request))
    return redirect("company")


@require_POST
@signed_in
@says_why
def remove_member(request: PageRequest, membership_id: UUID) -> HttpResponse:
    """Take a member out, or leave."""
    place = Membership.objects.of(request.company).get_or_raise(membership_id)
    membering.remove(membership=place, by=actor(request))
    return redirect("company")


@require_POST
@never_cache
@signed_in
@says_why
def issue_key(request: PageRequest) -> HttpResponse:
    """Issue an API key; this answer is the only place where its secret is ever shown."""
    with place_for(request.company, Deed.API_KEY, usage.counted_keys):
        issued = api_keys.issue(
            company=request.company,
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scopes"),
            creator=request.user,
            by=actor(request),
        )
    return render_overview(request, issued=issued)


@require_POST
@signed_in
@says_why
def revoke_key(request: PageRequest, key_id: UUID) -> HttpResponse:
    """End an API key."""
    key = ApiKey.objects.of(request.company).select_related("company").get_or_raise(key_id)
    api_keys.revoke(key=key, by=actor(request))
    return redirect("company")


@require_safe
@signed_in
def trail(request: PageRequest) -> HttpResponse:
    """What was done in the company, the newest first."""
    if not request.membership.may(Permission.READ_AUDIT):
        raise PermissionDenied
    try:
        page = reading.page(company_id=request.company.id, after=request.GET.get("after"))
    except Invalid:
        return redirect("company-trail")
    people: dict[UUID | None, User] = {
        place.user_id: place.user for place in membering.members_of(request.company)
    }
    keys: dict[UUID | None, ApiKey] = {key.id: key for key in api_keys.keys_of(request.company)}
    lines = [
        {
            "row": row,
            "deed": texts.audited(row.action),
            "person": people.get(row.actor_id),
            "key": keys.get(row.actor_id),
        }
        for row in page.rows
    ]
    return render(request, "company/trail.html", {"lines": lines, "next": page.next})
