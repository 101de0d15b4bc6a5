"""Who may do what: one table, asked for people, keys, the system and the vendor."""

import pytest
from tests.builders import make_member

from financehub.audit.recording import SYSTEM, Actor
from financehub.companies import access, api_keys
from financehub.companies.models import Company, Role, User
from financehub.companies.permissions import Permission
from financehub.core.errors import Denied, Invalid, NotFound

pytestmark = pytest.mark.django_db

OF_OWNERS = {Permission.MANAGE_OWNERS, Permission.SEE_BILLING, Permission.SEE_PAYLOADS}
ALLOWED = {
    Role.VIEWER: {Permission.READ},
    Role.MEMBER: {Permission.READ, Permission.WRITE, Permission.CONNECT},
    Role.ADMIN: set(Permission) - OF_OWNERS,
    Role.OWNER: set(Permission),
}


@pytest.mark.parametrize("role", Role.values)
def test_a_member_may_what_the_role_says(bakery: Company, role: str) -> None:
    by = Actor("user", make_member(company=bakery, role=role).user_id)
    may = {item for item in Permission if access.may(by=by, company=bakery, permission=item)}
    assert may == ALLOWED[Role(role)]


def test_a_stranger_may_nothing(bakery: Company, by_carla: Actor) -> None:
    assert not any(access.may(by=by_carla, company=bakery, permission=item) for item in Permission)


def test_a_key_may_what_its_scopes_say_and_only_while_it_lives(
    bakery: Company, ana: User, by_ana: Actor
) -> None:
    key = api_keys.issue(company=bakery, name="ERP", scopes=["write"], creator=ana, by=by_ana).key
    by = Actor("api_key", key.id)
    may = {item for item in Permission if access.may(by=by, company=bakery, permission=item)}
    assert may == {Permission.READ, Permission.WRITE, Permission.CONNECT}
    api_keys.revoke(key=key, by=by_ana)
    assert not access.may(by=by, company=bakery, permission=Permission.READ)


def test_a_key_of_another_company_may_nothing(carla: User, bakery: Company, ana: User, by_ana: Actor) -> None:
    (elsewhere,) = access.memberships_of(carla)
    key = api_keys.issue(company=bakery, name="ERP", scopes=["admin"], creator=ana, by=by_ana).key
    by = Actor("api_key", key.id)
    assert not access.may(by=by, company=elsewhere.company, permission=Permission.READ)


def test_the_system_may_everything_and_the_vendor_nothing(bakery: Company) -> None:
    assert access.may(by=SYSTEM, company=bakery, permission=Permission.MANAGE_OWNERS)
    assert not access.may(by=Actor("vendor"), company=bakery, permission=Permission.READ)


def test_require_names_the_missing_permission(bakery: Company, by_bruno: Actor) -> None:
    with pytest.raises(Denied) as refusal:
        access.require(by=by_bruno, company=bakery, permission=Permission.WRITE)
    assert refusal.value.details == {"permission": "write"}


def test_membership_of_hides_a_company_from_strangers(bakery: Company, ana: User, carla: User) -> None:
    assert access.membership_of(ana, bakery).role == Role.OWNER
    with pytest.raises(NotFound):
        access.membership_of(carla, bakery)


def test_an_unknown_role_is_never_granted(bakery: Company, by_ana: Actor) -> None:
    with pytest.raises(Invalid):
        access.require_may_grant("emperor", company=bakery, by=by_ana)


def test_the_company_a_session_chose_counts_else_the_first(bakery: Company, carla: User) -> None:
    own = access.memberships_of(carla)[0]
    guest = make_member(company=bakery, user=carla, role=Role.VIEWER)
    places = access.memberships_of(carla)
    assert access.place_in(places, str(bakery.id)) == guest
    assert access.place_in(places, None) == own
    assert access.place_in(places, "made up") == own
    assert access.place_in([], str(bakery.id)) is None
