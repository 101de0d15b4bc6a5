"""A person's notifications in the caller's company, what the person wants to hear, and when."""

from datetime import datetime, time
from typing import Self
from uuid import UUID

from django.conf import settings
from ninja import Query, Router

from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.pagination import PageIn, PageOut
from financehub.api.shapes import In, Out
from financehub.companies.permissions import Permission
from financehub.notifications import preferring, reading, rhythm, wording
from financehub.notifications.kinds import FOR_PEOPLE, PERSONAL, Kind
from financehub.notifications.models import Notification, Rhythm
from financehub.notifications.models.deliveries import Channel
from financehub.notifications.models.notices import NotificationQuerySet

router = Router(tags=["notifications"])
READ, WRITE = allowed(Permission.READ), allowed(Permission.WRITE)


class NotificationOut(Out):
    """`title`, `body` and `link` are in the person's language; `words` are the values they were made of."""

    id: UUID
    kind: str
    severity: str
    title: str
    body: str
    link: str
    object_kind: str
    object_id: str
    words: dict[str, str | int]
    created_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, row: Notification, language: str) -> Self:
        said = wording.word(row, language)
        return cls(
            id=row.pk,
            kind=row.kind,
            severity=row.severity,
            title=said.title,
            body=said.body,
            link=said.link,
            object_kind=row.object_kind,
            object_id=row.object_id,
            words=row.words,
            created_at=row.created_at,
            read_at=row.read_at,
        )


class ListIn(PageIn):
    """Which notifications."""

    unread: bool = False


class CountOut(Out):
    """How many are unread."""

    unread: int


class PreferenceOut(Out):
    """One kind: which channels it takes, and which of them may not be switched off."""

    kind: str
    group: str
    severity: str
    is_urgent: bool
    channels: list[str]
    always: list[str]

    @classmethod
    def of(cls, kind: Kind, chosen: frozenset[Channel]) -> Self:
        return cls(
            kind=kind.name,
            group=kind.group,
            severity=kind.severity,
            is_urgent=kind.is_urgent,
            channels=[channel.value for channel in PERSONAL if channel in chosen],
            always=[channel.value for channel in PERSONAL if not kind.may_choose(channel)],
        )


class PreferenceIn(In):
    """A choice for one kind on one channel: tray, email, telegram or push."""

    kind: str
    channel: str
    is_on: bool


class RhythmOut(Out):
    """Quiet hours (none while both ends are equal) and the time of the digest, on the clock of `timeZone`."""

    time_zone: str
    quiet_from: time
    quiet_until: time
    digest_at: time

    @classmethod
    def of(cls, kept: Rhythm) -> Self:
        return cls.model_validate(kept, from_attributes=True)


class RhythmIn(In):
    """The same, to be kept."""

    time_zone: str
    quiet_from: time
    quiet_until: time
    digest_at: time


@at(
    router,
    "GET",
    "/notifications/",
    operation_id="list_notifications",
    auth=READ,
    response=PageOut[NotificationOut],
)
def list_notifications(request: AuthedRequest, wanted: Query[ListIn]) -> PageOut[NotificationOut]:
    """The caller's tray, newest first."""
    rows = _tray(request).unread() if wanted.unread else _tray(request)
    page = reading.page(rows, after=wanted.after, limit=wanted.limit)
    return PageOut(results=[_out(row, request) for row in page.rows], next=page.next)


@at(router, "GET", "/notifications/count/", operation_id="count_notifications", auth=READ, response=CountOut)
def count_notifications(request: AuthedRequest) -> CountOut:
    """The number on the bell."""
    return CountOut(unread=_tray(request).unread().count())


@at(
    router,
    "POST",
    "/notifications/{id}/read/",
    operation_id="read_notification",
    auth=WRITE,
    response=NotificationOut,
)
def read_notification(request: AuthedRequest, key: OurId) -> NotificationOut:
    """It was seen."""
    found = _tray(request).select_related("company").get_or_raise(key)
    reading.mark_read(found)
    found.refresh_from_db()
    return _out(found, request)


@at(
    router,
    "POST",
    "/notifications/read-all/",
    operation_id="read_all_notifications",
    auth=WRITE,
    response=CountOut,
)
def read_all(request: AuthedRequest) -> CountOut:
    """Everything on the caller's tray was seen, in this company."""
    reading.mark_all_read(request.auth.user, in_company=request.auth.company)
    return CountOut(unread=_tray(request).unread().count())


@at(
    router,
    "GET",
    "/notifications/preferences/",
    operation_id="list_notification_preferences",
    auth=READ,
    response=list[PreferenceOut],
)
def list_preferences(request: AuthedRequest) -> list[PreferenceOut]:
    """Every kind with the channels it takes to the caller."""
    return _preferences(request)


@at(
    router,
    "PUT",
    "/notifications/preferences/",
    operation_id="set_notification_preference",
    auth=WRITE,
    response=list[PreferenceOut],
)
def set_preference(request: AuthedRequest, wanted: PreferenceIn) -> list[PreferenceOut]:
    """Switch one kind on or off on one channel, for the caller."""
    preferring.prefer(person=request.auth.user, kind=wanted.kind, channel=wanted.channel, is_on=wanted.is_on)
    return _preferences(request)


@at(
    router,
    "GET",
    "/notifications/rhythm/",
    operation_id="get_notification_rhythm",
    auth=READ,
    response=RhythmOut,
)
def get_rhythm(request: AuthedRequest) -> RhythmOut:
    """The caller's quiet hours and time of the digest."""
    return RhythmOut.of(rhythm.of(request.auth.user))


@at(
    router,
    "PUT",
    "/notifications/rhythm/",
    operation_id="set_notification_rhythm",
    auth=WRITE,
    response=RhythmOut,
)
def set_rhythm(request: AuthedRequest, wanted: RhythmIn) -> RhythmOut:
    """Keep the caller's quiet hours and time of the digest."""
    return RhythmOut.of(rhythm.keep(person=request.auth.user, **wanted.model_dump()))


def _tray(request: AuthedRequest) -> NotificationQuerySet:
    return reading.tray_of(request.auth.user).filter(company=request.auth.company)


def _out(row: Notification, request: AuthedRequest) -> NotificationOut:
    return NotificationOut.of(row, request.auth.user.language or settings.LANGUAGE_CODE)


def _preferences(request: AuthedRequest) -> list[PreferenceOut]:
    table = preferring.table_of(request.auth.user)
    return [PreferenceOut.of(kind, table[kind.name]) for kind in FOR_PEOPLE]
