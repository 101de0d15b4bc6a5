"""Who calls: a program by its API key, or a person by the session of the pages with CSRF on every write."""

from abc import ABC
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from financehub.audit.recording import Actor
from financehub.companies import access, api_keys
from financehub.companies.models import ApiKey, Company, Membership, User
from financehub.companies.permissions import Permission
from financehub.core.client_address import client_address
from financehub.core.errors import Denied

SESSIONS = SessionMiddleware(lambda _request: HttpResponse())


class CsrfFailed(Denied):
    """A browser must prove that our own page sent this: X-CSRFToken is missing or wrong."""

    code = "csrf_failed"


class NotAllowed(Denied):
    """This member's role, or this key's scope, does not allow that."""

    code = "denied"


class NoCompany(Denied):
    """The person belongs to no company."""

    code = "no_company"


@dataclass(frozen=True)
class Caller:
    """Who asks and for which company; `user` is the person behind an API key as well."""

    company: Company
    user: User
    actor: Actor
    grant: Membership | ApiKey

    def may(self, permission: Permission) -> bool:
        return self.grant.may(permission)


class AuthedRequest(HttpRequest):
    """A request after one of the ways in below."""

    auth: Caller


class WayIn(AuthBase, ABC):
    """One way to say who calls; refuses callers without `permission`."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self._permission = permission

    def _admit(self, caller: Caller) -> Caller:
        if not caller.may(self._permission):
            raise NotAllowed(permission=self._permission.value)
        return caller

    def _admit_key(self, secret: str, request: HttpRequest) -> Caller:
        key = api_keys.authenticate(secret)
        actor = Actor("api_key", key.pk, client_address(request))
        return self._admit(Caller(key.company, key.created_by, actor, key))


class ApiKeyBearer(WayIn):
    """`Authorization: Bearer fh_...`"""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> Caller | None:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        return self._admit_key(secret.strip(), request) if kind.lower() == "bearer" else None


class ApiKeyHeader(WayIn):
    """`X-API-Key: fh_...`"""

    openapi_type = "apiKey"
    openapi_in = "header"
    openapi_name = "X-API-Key"

    def __call__(self, request: HttpRequest) -> Caller | None:
        secret = request.headers.get("X-API-Key", "")
        return self._admit_key(secret, request) if secret else None


class SignedInPerson(WayIn):
    """The session cookie of the pages; writes need the CSRF token in X-CSRFToken."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        SESSIONS.process_request(request)
        user = get_user(request)
        if not isinstance(user, User):
            return None
        _ = request.body  # kept for the route: looking for the token in a form would use the stream up
        if check_csrf(request) is not None:
            raise CsrfFailed
        place = access.place_in(access.memberships_of(user), request.session.get(access.CHOSEN_COMPANY))
        if place is None:
            raise NoCompany
        return self._admit(
            Caller(place.company, user, Actor("user", user.pk, client_address(request)), place)
        )


def allowed(permission: Permission) -> list[WayIn]:
    """Every way in, for callers who may do this."""
    return [ApiKeyBearer(permission), ApiKeyHeader(permission), SignedInPerson(permission)]
