"""A page's request: who asks, for which company, and what that person may do."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from financehub.audit.recording import Actor
from financehub.companies.models import Company, Membership, User
from financehub.core.client_address import client_address
from financehub.core.errors import DomainError, LimitReached, NotFound
from financehub.web import texts
from financehub.web.limits import refusing

P = ParamSpec("P")


class PageRequest(HttpRequest):
    """A request of a signed-in person, after the middleware that finds the company."""

    user: User
    company: Company
    membership: Membership


PageView = Callable[Concatenate[PageRequest, P], HttpResponse]
AnyView = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(view: PageView[P]) -> AnyView[P]:
    """Only for members of a company; what is not theirs does not exist (404), beyond their plan is a page (403)."""

    @login_required
    @wraps(view)
    def decorated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if company_or_none(request) is None:
            raise Http404
        try:
            response = view(request, *args, **kwargs)  # type: ignore[arg-type]  # checked one line above
        except NotFound as error:
            raise Http404 from error
        except LimitReached as error:
            response = refusing.page(request, error)
        response.headers.setdefault("Cache-Control", "private, no-store")  # nothing stays after signing out
        return response

    return decorated


def writes(view: PageView[P]) -> PageView[P]:
    """Refuse a member who may only read."""

    @wraps(view)
    def decorated(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.membership.may_write:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return decorated


def says_why(view: PageView[P]) -> PageView[P]:
    """A deed that is refused says why on the company's page; what does not exist stays a 404."""

    @wraps(view)
    def decorated(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotFound, LimitReached):
            raise
        except DomainError as error:
            messages.error(request, texts.refusal(error.code))
            return redirect("company")

    return decorated


def company_or_none(request: HttpRequest) -> tuple[Company, Membership] | None:
    """The company and membership the middleware found, or None for a visitor."""
    company, membership = vars(request).get("company"), vars(request).get("membership")
    return (company, membership) if company and membership else None


def actor(request: PageRequest) -> Actor:
    """The person behind the click, for the audit trail."""
    return Actor("user", request.user.id, client_address(request))
