"""Bringing a person into a company by e-mail: invite, accept, revoke."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.companies import access, mailing
from financehub.companies.models import Company, Invitation, Membership, User
from financehub.companies.permissions import Permission
from financehub.core import clock
from financehub.core.crypto import blind_index
from financehub.core.errors import Conflict, Denied, Invalid

VALID_FOR = timedelta(days=7)


class AlreadyMember(Conflict):
    """This person is already in the company."""

    code = "already_member"


class InvitationClosed(Conflict):
    """The invitation is unknown, used, revoked or out of date."""

    code = "invitation_closed"


class InvitationForAnother(Denied):
    """The invitation was sent to another address."""

    code = "invitation_for_another"


@transaction.atomic
def invite(
    *, company: Company, email: str, role: str, inviter: User, by: Actor, link_to: Callable[[str], str]
) -> Invitation:
    """Send an invitation, closing an earlier one to the same address; `link_to` makes the page's address.

    Raises Denied, Invalid, AlreadyMember.
    """
    access.require_may_grant(role, company=company, by=by)
    address = _clean_address(email)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if Membership.objects.of(company).filter(user__email=address).exists():
        raise AlreadyMember
    now, token = clock.now(), secrets.token_urlsafe(32)
    Invitation.objects.of(company).filter(email=address, accepted_at=None, revoked_at=None).update(
        revoked_at=now
    )
    invitation = Invitation.objects.create(
        company=company,
        email=address,
        role=role,
        token_hash=hash_of(token),
        invited_by=inviter,
        expires_at=now + VALID_FOR,
    )
    record("company.invited", by=by, on=_target(invitation), company_id=company.id)
    words = {"company": company.name, "inviter": inviter.name or inviter.email, "link": link_to(token)}
    mailing.send_on_commit("companies/email/invitation", to=address, language=inviter.language, words=words)
    return invitation


def find(token: str) -> Invitation:
    """The open invitation behind a link. Raises InvitationClosed."""
    known = Invitation.objects.across_companies().filter(token_hash=hash_of(token))
    invitation = known.select_related("company", "invited_by").first()
    if invitation is None or not invitation.is_open(clock.now()):
        raise InvitationClosed
    return invitation


@transaction.atomic
def accept(*, token: str, user: User, by: Actor) -> Membership:
    """Join the company. Raises InvitationClosed, InvitationForAnother, AlreadyMember."""
    invitation = find(token)
    if invitation.email != user.email.lower():
        raise InvitationForAnother
    company = Company.objects.select_for_update(no_key=True).get(pk=invitation.company_id)
    still_open = Invitation.objects.of(company).filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if not still_open.update(accepted_at=clock.now()):
        raise InvitationClosed
    if Membership.objects.of(company).filter(user=user).exists():
        raise AlreadyMember
    place = Membership.objects.create(company=company, user=user, role=invitation.role)
    record("company.joined", by=by, on=_target(invitation), company_id=company.id)
    return place


@transaction.atomic
def revoke(*, invitation: Invitation, by: Actor) -> None:
    """Close an open invitation. Raises Denied, InvitationClosed."""
    access.require(by=by, company=invitation.company, permission=Permission.MANAGE_MEMBERS)
    still_open = Invitation.objects.of(invitation.company).filter(
        pk=invitation.pk, accepted_at=None, revoked_at=None
    )
    if not still_open.update(revoked_at=clock.now()):
        raise InvitationClosed
    record("company.invitation_revoked", by=by, on=_target(invitation), company_id=invitation.company_id)


def open_invitations(company: Company) -> list[Invitation]:
    """Invitations that still wait for an answer, the newest first."""
    waiting = Invitation.objects.of(company).filter(
        accepted_at=None, revoked_at=None, expires_at__gt=clock.now()
    )
    return list(waiting.order_by("-id"))


def hash_of(token: str) -> str:
    """What is stored of an invitation's token."""
    return blind_index(token, purpose="invitation")


def _clean_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("Not an e-mail address", field="email") from None
    return address


def _target(invitation: Invitation) -> Target:
    return Target("invitation", invitation.id, {"role": invitation.role})
