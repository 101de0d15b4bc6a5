"""An invitation brings one person in once, and only the person it was sent to."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.builders import make_member, make_user
from tests.racing import race

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.companies import inviting
from financehub.companies.access import membership_of
from financehub.companies.inviting import AlreadyMember, InvitationClosed, InvitationForAnother
from financehub.companies.models import Company, Invitation, Role, User
from financehub.core.errors import Denied, Invalid

pytestmark = pytest.mark.django_db


def link_to(token: str) -> str:
    return f"https://hub.example/convite/{token}/"


def invite(
    company: Company, inviter: User, email: str = "dora@example.com", role: str = Role.MEMBER
) -> Invitation:
    by = Actor("user", inviter.id)
    return inviting.invite(company=company, email=email, role=role, inviter=inviter, by=by, link_to=link_to)


def token_in_the_mail() -> str:
    found = re.search(r"/convite/([\w-]+)/", str(mail.outbox[-1].body))
    assert found
    return found[1]


class TestInvite:
    def test_sends_a_link_in_the_language_of_the_inviter(
        self, bakery: Company, ana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite(bakery, ana, email=" Dora@example.com")
        (message,) = mail.outbox
        assert message.to == ["dora@example.com"]
        assert message.subject == "Ana convidou você para Padaria da Ana no Finance Hub"
        assert inviting.find(token_in_the_mail()) == invitation

    def test_keeps_only_a_hash_of_the_token(
        self, bakery: Company, ana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            invitation = invite(bakery, ana)
        assert invitation.token_hash != token_in_the_mail()
        assert len(invitation.token_hash) == 64

    def test_closes_an_earlier_one_to_the_same_address(self, bakery: Company, ana: User) -> None:
        first, second = invite(bakery, ana), invite(bakery, ana, role=Role.VIEWER)
        assert inviting.open_invitations(bakery) == [second]
        first.refresh_from_db()
        assert first.revoked_at is not None

    def test_is_not_for_members(self, bakery: Company, ana: User, bruno: User) -> None:
        with pytest.raises(AlreadyMember):
            invite(bakery, ana, email="BRUNO@example.com")

    @pytest.mark.parametrize(("email", "role"), [("dora", Role.MEMBER), ("dora@example.com", "emperor")])
    def test_needs_an_address_and_a_role(self, bakery: Company, ana: User, email: str, role: str) -> None:
        with pytest.raises(Invalid):
            invite(bakery, ana, email=email, role=role)

    def test_a_viewer_may_not(self, bakery: Company, bruno: User) -> None:
        with pytest.raises(Denied):
            invite(bakery, bruno)
        assert not AuditLog.objects.exists()

    def test_only_an_owner_invites_owners(self, bakery: Company) -> None:
        admin = make_member(company=bakery, role=Role.ADMIN).user
        invite(bakery, admin, role=Role.ADMIN)
        with pytest.raises(Denied):
            invite(bakery, admin, role=Role.OWNER)


class TestAccept:
    @pytest.fixture
    def token(
        self, bakery: Company, ana: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite(bakery, ana)
        return token_in_the_mail()

    def test_gives_the_role_that_was_offered(self, bakery: Company, token: str) -> None:
        dora = make_user(email="dora@example.com")
        inviting.accept(token=token, user=dora, by=Actor("user", dora.id))
        assert membership_of(dora, bakery).role == Role.MEMBER
        assert AuditLog.objects.get(action="company.joined").actor_id == dora.id

    def test_works_once(self, token: str) -> None:
        dora = make_user(email="dora@example.com")
        inviting.accept(token=token, user=dora, by=Actor("user", dora.id))
        with pytest.raises(InvitationClosed):
            inviting.accept(token=token, user=dora, by=Actor("user", dora.id))

    def test_refuses_a_person_with_another_address(self, token: str, carla: User) -> None:
        with pytest.raises(InvitationForAnother):
            inviting.accept(token=token, user=carla, by=Actor("user", carla.id))
        assert inviting.find(token).accepted_at is None

    def test_refuses_one_out_of_date(self, token: str) -> None:
        invitation = inviting.find(token)
        invitation.expires_at -= timedelta(days=8)
        invitation.save()
        with pytest.raises(InvitationClosed):
            inviting.find(token)

    def test_refuses_one_that_was_revoked(self, token: str, by_ana: Actor) -> None:
        inviting.revoke(invitation=inviting.find(token), by=by_ana)
        dora = make_user(email="dora@example.com")
        with pytest.raises(InvitationClosed):
            inviting.accept(token=token, user=dora, by=Actor("user", dora.id))

    def test_refuses_a_token_nobody_sent(self) -> None:
        with pytest.raises(InvitationClosed):
            inviting.find("made-up")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_join_once(bakery: Company, ana: User) -> None:
    invite(bakery, ana)
    token, dora = token_in_the_mail(), make_user(email="dora@example.com")
    answers = race(*[lambda: inviting.accept(token=token, user=dora, by=Actor("user", dora.id))] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["InvitationClosed", "Membership"]


class TestRevoke:
    def test_closes_it_and_says_so(self, bakery: Company, ana: User, by_ana: Actor) -> None:
        invitation = invite(bakery, ana)
        inviting.revoke(invitation=invitation, by=by_ana)
        assert inviting.open_invitations(bakery) == []
        assert AuditLog.objects.filter(action="company.invitation_revoked").count() == 1

    def test_happens_once(self, bakery: Company, ana: User, by_ana: Actor) -> None:
        invitation = invite(bakery, ana)
        inviting.revoke(invitation=invitation, by=by_ana)
        with pytest.raises(InvitationClosed):
            inviting.revoke(invitation=invitation, by=by_ana)

    def test_a_stranger_may_not(self, bakery: Company, ana: User, by_carla: Actor) -> None:
        with pytest.raises(Denied):
            inviting.revoke(invitation=invite(bakery, ana), by=by_carla)
