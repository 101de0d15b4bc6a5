"""A person arrives with a company of their own."""

import pytest
from allauth.account.models import EmailAddress
from tests.builders import make_user
from tests.racing import race

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM, Actor
from financehub.companies.access import memberships_of
from financehub.companies.models import Company, Membership, Role, User
from financehub.companies.registering import (
    EmailTaken,
    open_company,
    open_personal_company,
    register,
    rename_company,
    reset_password,
)
from financehub.core.errors import Denied, Invalid

pytestmark = pytest.mark.django_db


class TestRegister:
    def test_makes_a_person_who_owns_a_personal_company(self) -> None:
        user = register(email=" Dora@Example.com ", password="uma senha bem longa", name="Dora")
        (place,) = memberships_of(user)
        assert (user.email, user.check_password("uma senha bem longa")) == ("dora@example.com", True)
        assert (place.role, place.company.name, place.company.is_personal) == (Role.OWNER, "Dora", True)
        assert EmailAddress.objects.get(user=user, verified=True, primary=True).email == "dora@example.com"

    def test_writes_both_deeds_into_the_audit_trail(self) -> None:
        user = register(email="dora@example.com", password="uma senha bem longa")
        (place,) = memberships_of(user)
        deeds = AuditLog.objects.order_by("id").values_list("action", "object_id", "company_id")
        assert list(deeds) == [
            ("person.signed_up", str(user.id), None),
            ("company.opened", str(place.company_id), place.company_id),
        ]

    def test_refuses_an_address_that_is_taken_whatever_its_case(self) -> None:
        register(email="dora@example.com", password="uma senha bem longa")
        with pytest.raises(EmailTaken):
            register(email="DORA@example.com", password="outra senha longa")
        assert User.objects.count() == 1


class TestOpenPersonalCompany:
    def test_is_named_after_the_address_when_there_is_no_name(self) -> None:
        assert open_personal_company(user=make_user(email="dora@example.com"), by=SYSTEM).name == "dora"

    def test_happens_once(self) -> None:
        user = make_user()
        first = open_personal_company(user=user, by=SYSTEM)
        assert open_personal_company(user=user, by=SYSTEM) == first
        assert Company.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_happens_once_when_two_pages_ask_at_the_same_moment(self) -> None:
        user = make_user()
        first, second = race(*[lambda: open_personal_company(user=user, by=SYSTEM)] * 2)
        assert first == second
        assert Membership.objects.across_companies().count() == 1


class TestOpenCompany:
    def test_makes_the_person_its_owner(self) -> None:
        user = make_user()
        company = open_company(user=user, name="  Padaria   da Ana ", by=Actor("user", user.id))
        assert (company.name, company.is_personal) == ("Padaria da Ana", False)
        assert [(place.company, place.role) for place in memberships_of(user)] == [(company, Role.OWNER)]

    @pytest.mark.parametrize("name", ["", "   ", "x" * 121])
    def test_needs_a_name(self, name: str) -> None:
        with pytest.raises(Invalid):
            open_company(user=make_user(), name=name, by=SYSTEM)


class TestRenameCompany:
    def test_an_owner_may(self, bakery: Company, by_ana: Actor) -> None:
        rename_company(company=bakery, name="Padaria Nova", by=by_ana)
        bakery.refresh_from_db()
        assert bakery.name == "Padaria Nova"
        assert AuditLog.objects.get(action="company.renamed").actor_id == by_ana.id

    def test_a_viewer_or_a_stranger_may_not(self, bakery: Company, by_bruno: Actor, by_carla: Actor) -> None:
        for by in (by_bruno, by_carla):
            with pytest.raises(Denied):
                rename_company(company=bakery, name="Minha", by=by)
        bakery.refresh_from_db()
        assert bakery.name == "Padaria da Ana"


def test_a_password_given_by_the_operator_is_a_deed_in_the_trail(ana: User) -> None:
    reset_password(user=ana, password="outra senha bem longa", by=SYSTEM)
    assert User.objects.get(pk=ana.pk).check_password("outra senha bem longa")
    deed = AuditLog.objects.get(action="person.password_changed")
    assert (deed.actor_kind, deed.object_id) == ("system", str(ana.pk))
