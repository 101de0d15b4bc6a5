"""Which company a page is about: the person's choice in the session, else the first they belong to."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from financehub.audit.recording import Actor
from financehub.companies import access, registering
from financehub.companies.models import Membership, User
from financehub.core.client_address import client_address

SESSION_KEY = access.CHOSEN_COMPANY
API_PREFIX = "/api/"


def current_company(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: set request.company and request.membership; both None for a visitor and under /api/."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        place = None if request.path_info.startswith(API_PREFIX) else _place_of(request)
        request.membership = place  # type: ignore[attr-defined]  # what web.requests.PageRequest declares
        request.company = place.company if place else None  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


def _place_of(request: HttpRequest) -> Membership | None:
    if not isinstance(request.user, User):
        return None
    places = access.memberships_of(request.user)
    if not places:  # made by a command, or removed from everywhere: nobody is without a company
        by = Actor("user", request.user.id, client_address(request))
        registering.open_personal_company(user=request.user, by=by)
        places = access.memberships_of(request.user)
    named = access.named_in(places, request.GET.get(access.NAMED_COMPANY, ""))
    if named is not None:  # a link in a message: from here on the pages are about its company
        request.session[SESSION_KEY] = str(named.company_id)
        return named
    return access.place_in(places, request.session.get(SESSION_KEY))
