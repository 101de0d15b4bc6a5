"""What the rows themselves know, and what the database refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.builders import make_member, make_user

from financehub.companies.models import Company, Invitation, Membership, Role, User
from financehub.core import clock

pytestmark = pytest.mark.django_db


def make_invitation(company: Company, user: User, **fields: object) -> Invitation:
    values = {"token_hash": fields.get("email", ""), "expires_at": clock.now() + timedelta(days=1), **fields}
    return Invitation.objects.create(company=company, invited_by=user, role=Role.MEMBER, **values)


def test_a_person_is_in_a_company_once(bakery: Company, ana: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(company=bakery, user=ana)
    assert Membership.objects.of(bakery).count() == 1


def test_two_people_never_share_an_address() -> None:
    make_user(email="dora@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_user(email="dora@example.com")


def test_an_address_has_one_open_invitation_per_company(bakery: Company, ana: User) -> None:
    make_invitation(bakery, ana, email="dora@example.com", token_hash="a", revoked_at=clock.now())
    make_invitation(bakery, ana, email="dora@example.com", token_hash="b")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_invitation(bakery, ana, email="dora@example.com", token_hash="c")


def test_an_invitation_is_open_until_it_ends(bakery: Company, ana: User) -> None:
    invitation = make_invitation(bakery, ana, email="dora@example.com")
    assert invitation.is_open(clock.now())
    assert not invitation.is_open(invitation.expires_at)


@pytest.mark.parametrize(
    ("role", "writes", "administers"),
    [("owner", True, True), ("admin", True, True), ("member", True, False), ("viewer", False, False)],
)
def test_a_place_answers_what_it_allows(role: str, writes: bool, administers: bool) -> None:
    place = Membership(role=role)
    assert (place.may_write, place.may_administer) == (writes, administers)


def test_rows_are_named_by_their_id_never_by_personal_data(bakery: Company, ana: User) -> None:
    assert str(ana) == f"User {ana.id}"
    assert str(bakery) == f"Company {bakery.id}"


def test_a_superuser_made_by_the_command_can_sign_in() -> None:
    root = User.objects.create_superuser("Root@Example.com", "uma senha bem longa")
    assert (root.email, root.is_staff, root.is_superuser) == ("root@example.com", True, True)
