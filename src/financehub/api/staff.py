"""The way in for the staff of this installation: a person's session only; for anybody else there is no such address."""

from django.http import HttpRequest

from financehub.api.auth import ApiKeyBearer, ApiKeyHeader, Caller, SignedInPerson, WayIn
from financehub.companies.permissions import Permission
from financehub.core.errors import NotFound


class StaffHere(SignedInPerson):
    """The session cookie of somebody of the staff; writes need the CSRF token in X-CSRFToken."""

    def _admit(self, caller: Caller) -> Caller:
        if not caller.user.is_staff:
            raise NotFound("There is no such address.")
        return super()._admit(caller)


class NoKeyHere(ApiKeyBearer):
    """A key is a program's, and what two people must do is not for programs."""

    def _admit_key(self, secret: str, request: HttpRequest) -> Caller:
        super()._admit_key(secret, request)  # a wrong key stays a wrong key
        raise NotFound("There is no such address.")


class NoKeyHeaderHere(ApiKeyHeader):
    """The same for the other header."""

    def _admit_key(self, secret: str, request: HttpRequest) -> Caller:
        super()._admit_key(secret, request)
        raise NotFound("There is no such address.")


def staff() -> list[WayIn]:
    """Every way in, of which only one leads anywhere."""
    return [NoKeyHere(Permission.READ), NoKeyHeaderHere(Permission.READ), StaffHere(Permission.READ)]
