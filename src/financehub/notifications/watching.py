"""Telling what the audit trail shows: sign-ins, keys, second factors, invitations, new members.

The rooms below write their audit row in the transaction of the deed and know nothing of notifications; whatever door
the deed came through, the row is there. Rows that commit late are caught by reading a stretch again: the row's id is
the key, so that each is told once.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from ipaddress import ip_network

import structlog
from django.db import transaction
from django.db.models import Q

from financehub.audit.models import AuditLog
from financehub.audit.recording import SYSTEM
from financehub.companies import access, registering
from financehub.companies.models import Company, Invitation, Membership, User
from financehub.companies.permissions import Permission
from financehub.core import clock
from financehub.notifications import quiet, rhythm, telling
from financehub.notifications.models import AuditMark

AGAIN = timedelta(minutes=10)  # how long a transaction may take and still be heard
REMEMBERED = timedelta(days=90)  # how long an address of a person counts as known
PREFIX = {4: 24, 6: 48}  # phones and homes move inside these
AT_ONCE = 1000

log = structlog.get_logger()


def watch() -> int:
    """Tell what was written since the last look; how many rows were looked at. The first look only sets the mark."""
    at = clock.now()
    mark, is_new = AuditMark.objects.get_or_create(name="audit", defaults={"reached_at": at})
    if is_new:
        return 0
    count = 0
    for row in _written_since(mark.reached_at - AGAIN):
        _tell_row(row)
        count += 1
    AuditMark.objects.filter(name="audit", reached_at__lt=at).update(reached_at=at)
    return count


def _written_since(moment: datetime) -> Iterator[AuditLog]:
    """All of them, the oldest first: a busy stretch comes in several reads, or its end would never be reached."""
    rows = AuditLog.objects.filter(action__in=TELLERS, created_at__gte=moment).order_by("created_at", "pk")
    found = list(rows[:AT_ONCE])
    while found:
        yield from found
        last = found[-1]
        later = Q(created_at__gt=last.created_at) | Q(created_at=last.created_at, pk__gt=last.pk)
        found = list(rows.filter(later)[:AT_ONCE])


def _tell_row(row: AuditLog) -> None:
    """What goes wrong with one row is no reason to keep the others from being told; it is read again for a while."""
    try:
        with transaction.atomic():
            TELLERS[row.action](row)
    except Exception:
        log.exception("audit_row_not_told", action=row.action, row=str(row.pk))


def is_known_address(row: AuditLog) -> bool:
    """Whether the person had signed in from this neighbourhood before, or never from anywhere."""
    before = AuditLog.objects.filter(
        action="person.signed_in",
        actor_id=row.actor_id,
        created_at__gte=row.created_at - REMEMBERED,
        created_at__lt=row.created_at,
    )
    addresses = set(before.values_list("ip_address", flat=True).distinct())
    return not addresses or row.ip_address is None or _network(row.ip_address) in map(_network, addresses)


def _network(address: str | None) -> str:
    if address is None:
        return ""
    version = 6 if ":" in address else 4
    return str(ip_network(f"{address}/{PREFIX[version]}", strict=False))


def _tell_sign_in(row: AuditLog) -> None:
    if not is_known_address(row):
        _tell_person(row, "new_sign_in")


def _about_account(kind: str) -> Callable[[AuditLog], None]:
    def tell_it(row: AuditLog) -> None:
        _tell_person(row, kind)

    return tell_it


def _tell_person(row: AuditLog, kind: str) -> None:
    """About the person's own account, in the first of the person's companies."""
    person = _actor(row)
    if person is None:
        return
    words = {"at": _local(row.created_at, person), "address": row.ip_address or "?"}
    telling.tell(_home(person), kind, key=str(row.pk), words=words, to=[person])


def _tell_key(row: AuditLog) -> None:
    company = Company.objects.filter(pk=row.company_id).first() if row.company_id else None
    maker = _actor(row)
    if company is None or maker is None:
        return
    words = {"company": company.name, "person": _name(maker), "at": _local(row.created_at, maker)}
    to = telling.audience(company, Permission.MANAGE_KEYS)
    telling.tell(company, "api_key_made", key=str(row.pk), words=words, to=to)


def _tell_invited(row: AuditLog) -> None:
    invitation = _invitation(row)
    invited = User.objects.filter(email=invitation.email).first() if invitation else None
    if invitation is None or invited is None or not invitation.is_open(clock.now()):
        return
    words = {"inviter": _name(invitation.invited_by), "company": invitation.company.name}
    telling.tell(_home(invited), "invited", key=str(row.pk), words=words, to=[invited])


def _tell_joined(row: AuditLog) -> None:
    invitation = _invitation(row)
    person = _actor(row)
    if invitation is None or person is None:
        return
    place = Membership.objects.of(invitation.company).filter(user=person).first()
    if place is None:
        return
    words = {"person": _name(person), "company": invitation.company.name, "role": place.role}
    audience = telling.audience(invitation.company, Permission.MANAGE_MEMBERS)
    to = [other for other in audience if other != person]
    telling.tell(invitation.company, "member_joined", key=str(row.pk), words=words, to=to)


def _actor(row: AuditLog) -> User | None:
    return User.objects.filter(pk=row.actor_id).first() if row.actor_id else None


def _invitation(row: AuditLog) -> Invitation | None:
    known = Invitation.objects.across_companies().filter(pk=row.object_id)
    return known.select_related("company", "invited_by").first()


def _home(person: User) -> Company:
    """The first of the person's companies; whoever has left them all gets their own, as on their next page."""
    places = access.memberships_of(person)
    return places[0].company if places else registering.open_personal_company(user=person, by=SYSTEM)


def _name(person: User) -> str:
    return person.name or person.email


def _local(moment: datetime, person: User) -> str:
    return moment.astimezone(quiet.zone_of(rhythm.of(person))).strftime("%d/%m/%Y %H:%M")


TELLERS: Mapping[str, Callable[[AuditLog], None]] = {
    "person.signed_in": _tell_sign_in,
    "person.password_changed": _about_account("password_changed"),
    "person.email_changed": _about_account("email_changed"),
    "person.email_removed": _about_account("email_changed"),
    "person.two_factor_activated": _about_account("second_factor_changed"),
    "person.two_factor_deactivated": _about_account("second_factor_changed"),
    "person.recovery_codes_generated": _about_account("second_factor_changed"),
    "company.api_key_issued": _tell_key,
    "company.invited": _tell_invited,
    "company.joined": _tell_joined,
}
