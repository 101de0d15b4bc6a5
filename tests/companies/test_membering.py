"""Roles change and people leave, but a company always keeps an owner."""

from functools import partial

import pytest
from tests.builders import make_member
from tests.racing import race

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.companies import api_keys, membering
from financehub.companies.access import membership_of
from financehub.companies.membering import LastOwner
from financehub.companies.models import Company, Membership, Role, User
from financehub.core.errors import Denied, Invalid, NotFound

pytestmark = pytest.mark.django_db


def role_of(user: User, company: Company) -> str:
    return membership_of(user, company).role


class TestChangeRole:
    def test_moves_a_member_and_tells_from_what_to_what(
        self, bakery: Company, bruno: User, by_ana: Actor
    ) -> None:
        membering.change_role(membership=membership_of(bruno, bakery), role=Role.ADMIN, by=by_ana)
        assert role_of(bruno, bakery) == Role.ADMIN
        row = AuditLog.objects.get(action="company.role_changed")
        assert (row.object_id, row.facts) == (str(bruno.id), {"from": "viewer", "to": "admin"})

    def test_the_same_role_again_writes_nothing(self, bakery: Company, bruno: User, by_ana: Actor) -> None:
        membering.change_role(membership=membership_of(bruno, bakery), role=Role.VIEWER, by=by_ana)
        assert not AuditLog.objects.exists()

    def test_the_last_owner_stays_owner(self, bakery: Company, ana: User, by_ana: Actor) -> None:
        with pytest.raises(LastOwner):
            membering.change_role(membership=membership_of(ana, bakery), role=Role.ADMIN, by=by_ana)
        assert role_of(ana, bakery) == Role.OWNER

    def test_an_admin_neither_makes_nor_unmakes_owners(self, bakery: Company, ana: User, bruno: User) -> None:
        admin = Actor("user", make_member(company=bakery, role=Role.ADMIN).user_id)
        for person, role in ((bruno, Role.OWNER), (ana, Role.VIEWER)):
            with pytest.raises(Denied):
                membering.change_role(membership=membership_of(person, bakery), role=role, by=admin)

    def test_nobody_becomes_something_unknown(self, bakery: Company, bruno: User, by_ana: Actor) -> None:
        with pytest.raises(Invalid):
            membering.change_role(membership=membership_of(bruno, bakery), role="emperor", by=by_ana)

    def test_a_demoted_admin_loses_the_keys_they_made(self, bakery: Company, by_ana: Actor) -> None:
        admin = make_member(company=bakery, role=Role.ADMIN)
        by_admin = Actor("user", admin.user_id)
        issued = api_keys.issue(company=bakery, name="ERP", scopes=["read"], creator=admin.user, by=by_admin)
        membering.change_role(membership=admin, role=Role.MEMBER, by=by_ana)
        with pytest.raises(api_keys.InvalidApiKey):
            api_keys.authenticate(issued.secret)


class TestRemove:
    def test_takes_the_person_out(self, bakery: Company, bruno: User, by_ana: Actor) -> None:
        membering.remove(membership=membership_of(bruno, bakery), by=by_ana)
        with pytest.raises(NotFound):
            membership_of(bruno, bakery)
        assert AuditLog.objects.get(action="company.member_removed").object_id == str(bruno.id)

    def test_a_second_click_finds_nobody(self, bakery: Company, bruno: User, by_ana: Actor) -> None:
        place = membership_of(bruno, bakery)
        membering.remove(membership=place, by=by_ana)
        with pytest.raises(NotFound):
            membering.remove(membership=place, by=by_ana)

    def test_anyone_may_leave(self, bakery: Company, ana: User, bruno: User, by_bruno: Actor) -> None:
        membering.remove(membership=membership_of(bruno, bakery), by=by_bruno)
        assert AuditLog.objects.get().action == "company.left"

    def test_the_last_owner_may_not_leave(self, bakery: Company, ana: User, by_ana: Actor) -> None:
        with pytest.raises(LastOwner):
            membering.remove(membership=membership_of(ana, bakery), by=by_ana)

    def test_a_viewer_or_a_stranger_removes_nobody(
        self, bakery: Company, ana: User, by_bruno: Actor, by_carla: Actor
    ) -> None:
        for by in (by_bruno, by_carla):
            with pytest.raises(Denied):
                membering.remove(membership=membership_of(ana, bakery), by=by)

    def test_takes_the_keys_they_made_along(self, bakery: Company, ana: User, by_ana: Actor) -> None:
        partner = make_member(company=bakery, role=Role.OWNER)
        issued = api_keys.issue(company=bakery, name="ERP", scopes=["read"], creator=ana, by=by_ana)
        membering.remove(membership=membership_of(ana, bakery), by=Actor("user", partner.user_id))
        with pytest.raises(api_keys.InvalidApiKey):
            api_keys.authenticate(issued.secret)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_leave_one_behind(bakery: Company, ana: User) -> None:
    partner = make_member(company=bakery, role=Role.OWNER).user
    places = [membership_of(user, bakery) for user in (ana, partner)]
    answers = race(*[partial(membering.remove, membership=it, by=Actor("user", it.user_id)) for it in places])
    assert sorted(type(answer).__name__ for answer in answers) == ["LastOwner", "NoneType"]
    assert Membership.objects.of(bakery).filter(role=Role.OWNER).count() == 1


def test_members_are_listed_oldest_first(bakery: Company, ana: User, bruno: User, carla: User) -> None:
    assert [place.user for place in membering.members_of(bakery)] == [ana, bruno]
