"""Who stays in a company and as what: changing a role, removing a member, leaving."""

from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.companies import access, api_keys
from financehub.companies.models import Company, Membership
from financehub.companies.permissions import Permission, Role
from financehub.core.errors import Conflict


class LastOwner(Conflict):
    """A company always has an owner."""

    code = "last_owner"


def members_of(company: Company) -> list[Membership]:
    """Everybody in the company, the oldest first, people loaded."""
    return list(Membership.objects.of(company).select_related("user").order_by("created_at", "id"))


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: Actor) -> Membership:
    """Make the member something else. Raises Denied, Invalid, NotFound, LastOwner."""
    place = _locked(membership)
    access.require_may_grant(place.role, company=place.company, by=by)
    access.require_may_grant(role, company=place.company, by=by)
    if place.role == role:
        return place
    _protect_last_owner(place)
    before, place.role = place.role, role
    place.save(update_fields=["role"])
    if not place.may(Permission.MANAGE_KEYS):
        api_keys.revoke_all_of(user=place.user, company=place.company, by=by)
    facts: dict[str, str | int | bool | None] = {"from": before, "to": role}
    record(
        "company.role_changed", by=by, on=Target("user", place.user_id, facts), company_id=place.company_id
    )
    return place


@transaction.atomic
def remove(*, membership: Membership, by: Actor) -> None:
    """Take a member out, together with the API keys they made; anyone may leave. Raises Denied, LastOwner."""
    place = _locked(membership)
    is_leaving = by.kind == "user" and by.id == place.user_id
    if not is_leaving:
        access.require_may_grant(place.role, company=place.company, by=by)
    _protect_last_owner(place)
    api_keys.revoke_all_of(user=place.user, company=place.company, by=by)
    action = "company.left" if is_leaving else "company.member_removed"
    target = Target("user", place.user_id, {"role": place.role})
    record(action, by=by, on=target, company_id=place.company_id)
    place.delete()


def _locked(membership: Membership) -> Membership:
    """The row as it is now; the company's row lock makes role changes take turns."""
    company = Company.objects.select_for_update(no_key=True).get(pk=membership.company_id)
    return Membership.objects.of(company).select_related("company", "user").get_or_raise(membership.pk)


def _protect_last_owner(place: Membership) -> None:
    if place.role != Role.OWNER:
        return
    others = Membership.objects.of(place.company).filter(role=Role.OWNER).exclude(pk=place.pk)
    if not others.exists():
        raise LastOwner
