"""Saying one thing to whom it concerns: rows in the transaction of the caller, sent once that commits."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from financehub.audit.recording import Target
from financehub.companies.models import Company, Membership, User
from financehub.companies.permissions import BY_ROLE, Permission
from financehub.core import clock, events
from financehub.notifications import preferring, queueing
from financehub.notifications.kinds import KINDS, Kind
from financehub.notifications.models import Notification
from financehub.notifications.models.deliveries import Channel

Words = Mapping[str, str | int]


def tell(
    company: Company,
    kind: str,
    *,
    key: str,
    about: Target | None = None,
    words: Words | None = None,
    to: Iterable[User] | None = None,
) -> list[Notification]:
    """Tell the kind's audience (or `to`) and the company's programs, each once per `key`; what is new.

    Call it inside the transaction of what happened. `words` fill the texts: amounts and names as they are shown,
    never a secret. A second call with the same key tells only who was not told before. Raises KeyError for an
    unknown kind.
    """
    known = KINDS[kind]
    people = list(to) if to is not None else audience(company, known.audience)
    return _tell_all(company, known, people, _row(known, key, about, words), frozenset(Channel))


def show(
    company: Company, kind: str, *, key: str, about: Target | None = None, words: Words | None = None
) -> list[Notification]:
    """The same, but people find it on their tray only: somebody has it before their eyes already."""
    known = KINDS[kind]
    people = audience(company, known.audience)
    return _tell_all(company, known, people, _row(known, key, about, words), frozenset({Channel.TRAY}))


def _tell_all(
    company: Company, known: Kind, people: list[User], row: dict[str, object], ways: frozenset[Channel]
) -> list[Notification]:
    with transaction.atomic():
        told = [_tell_person(company, known, person, row, ways) for person in people]
        if known.is_for_programs:
            told.append(_tell_programs(company, known, row))
    return [notification for notification in told if notification is not None]


def audience(company: Company, permission: Permission | None) -> list[User]:
    """Everybody whose role in the company allows `permission`, the longest there first."""
    roles = [role for role, allowed in BY_ROLE.items() if permission in allowed]
    places = Membership.objects.of(company).filter(role__in=roles, user__is_active=True)
    return [place.user for place in places.select_related("user").order_by("created_at", "pk")]


def _row(kind: Kind, key: str, about: Target | None, words: Words | None) -> dict[str, object]:
    return {
        "kind": kind.name,
        "key": key,
        "severity": kind.severity.value,
        "words": dict(words or {}),
        "object_kind": about.kind if about else "",
        "object_id": str(about.id) if about else "",
        "created_at": clock.now(),
    }


def _tell_person(
    company: Company, kind: Kind, person: User, row: dict[str, object], ways: frozenset[Channel]
) -> Notification | None:
    channels = preferring.channels_of(person, kind) & ways
    is_on_tray = Channel.TRAY in channels
    notification = _once(company, person, {**row, "is_on_tray": is_on_tray})
    if notification is not None:
        queueing.queue_for_person(notification, kind, channels)
        if is_on_tray:
            events.publish(company.pk, "notification", notification.pk)
    return notification


def _tell_programs(company: Company, kind: Kind, row: dict[str, object]) -> Notification | None:
    """One row for the whole company, when it has an endpoint that wants it."""
    endpoints = queueing.endpoints_for(company, kind)
    notification = _once(company, None, {**row, "is_on_tray": False}) if endpoints else None
    if notification is not None:
        queueing.queue_for_endpoints(notification, endpoints)
    return notification


def _once(company: Company, person: User | None, row: dict[str, object]) -> Notification | None:
    """The new row, or None when it was told before; the unique key decides between two who tell at once."""
    rows = Notification.objects.of(company)
    found, is_new = rows.get_or_create(
        person=person, kind=row["kind"], key=row["key"], defaults={**row, "company": company}
    )
    return found if is_new else None
