"""Finding a person's place in a company, and refusing what that place does not allow."""

from uuid import UUID

from financehub.audit.recording import Actor
from financehub.companies.models import ApiKey, Company, Membership, User
from financehub.companies.permissions import Permission, Role
from financehub.core.errors import Denied, Invalid, NotFound

CHOSEN_COMPANY = "company_id"  # the session's word for the company a person is looking at
NAMED_COMPANY = "empresa"  # the word of an address in a message, whose reader may be looking at another one


def memberships_of(user: User) -> list[Membership]:
    """Every place of a person, the oldest first, companies loaded."""
    places = Membership.objects.across_companies().filter(user=user)
    return list(places.select_related("company", "user").order_by("created_at", "id"))


def page_in(company_id: UUID, page: str) -> str:
    """The address of a page as a message names it: about this company, whichever its reader looked at last."""
    return f"{page}{'&' if '?' in page else '?'}{NAMED_COMPANY}={company_id.hex}"


def named_in(places: list[Membership], named: str) -> Membership | None:
    """The place that an address names, if it is one of the person's."""
    return next((place for place in places if place.company_id.hex == named), None)


def place_in(places: list[Membership], chosen: str | None) -> Membership | None:
    """The place that a session chose (its CHOSEN_COMPANY), else the first; every door picks by this rule."""
    return next((place for place in places if str(place.company_id) == chosen), places[0] if places else None)


def membership_of(user: User, company: Company | UUID) -> Membership:
    """A person's place in a company. Raises NotFound, so that strangers cannot tell a company exists."""
    place = Membership.objects.of(company).filter(user=user).select_related("company", "user").first()
    if place is None:
        raise NotFound("Company not found")
    return place


def may(*, by: Actor, company: Company, permission: Permission) -> bool:
    """Whether the actor is allowed this deed in this company now; the system always is, the vendor never."""
    if by.id is None:
        return by.kind == "system"
    match by.kind:
        case "user":
            place = Membership.objects.of(company).filter(user_id=by.id).first()
            return place is not None and place.may(permission)
        case "api_key":
            key = ApiKey.objects.of(company).filter(pk=by.id, revoked_at=None).first()
            return key is not None and key.may(permission)
        case _:
            return False


def require(*, by: Actor, company: Company, permission: Permission) -> None:
    """Raises Denied unless the actor is allowed this deed in this company now."""
    if not may(by=by, company=company, permission=permission):
        raise Denied(permission=permission.value)


def require_may_grant(role: str, *, company: Company, by: Actor) -> None:
    """Only owners make owners. Raises Denied, and Invalid for an unknown role."""
    if role not in Role.values:
        raise Invalid("Unknown role", field="role")
    needed = Permission.MANAGE_OWNERS if role == Role.OWNER else Permission.MANAGE_MEMBERS
    require(by=by, company=company, permission=needed)
