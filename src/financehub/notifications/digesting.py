"""Whose daily digest is due: at the time each person chose, on the clock of the person's own zone, once a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from financehub.companies.models import User
from financehub.notifications import quiet
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Rhythm

LONGEST_LOOK = timedelta(days=3)  # after a long pause the digest is about the last days only
AT_ONCE = 500
KIND = KINDS["transactions_digest"]


@dataclass(frozen=True)
class Due:
    """One person's digest of `day` (the person's own date), about what came after `since` until `at`."""

    person: User
    day: date
    since: datetime
    at: datetime

    @property
    def pk(self) -> UUID:
        return self.person.pk


def due(at: datetime) -> list[Due]:
    """Everybody who has not had the digest of today and whose time has passed, at most AT_ONCE people."""
    found: list[Due] = []
    for example in _rhythms():
        day = quiet.digest_day(example, at)
        if day is not None and len(found) < AT_ONCE:
            found += [_due(person, day, at) for person in _waiting(example, day)[: AT_ONCE - len(found)]]
    return found


def claim(one: Due) -> bool:
    """Mark it as told, inside the caller's transaction; whether nobody else had."""
    Rhythm.objects.get_or_create(person=one.person)
    mine = Rhythm.objects.filter(person=one.person).exclude(digested_on__gte=one.day)
    return bool(mine.update(digested_on=one.day, digested_at=one.at))


def _rhythms() -> list[Rhythm]:
    """One of each zone and time in use, the default ones first."""
    used = Rhythm.objects.values_list("time_zone", "digest_at").distinct()
    plain = Rhythm()
    pairs = {(plain.time_zone, plain.digest_at): None, **dict.fromkeys(used)}
    return [Rhythm(time_zone=zone, digest_at=time) for zone, time in pairs]


def _waiting(example: Rhythm, day: date) -> list[User]:
    mine = Q(rhythm__time_zone=example.time_zone, rhythm__digest_at=example.digest_at)
    plain = Rhythm()
    if (example.time_zone, example.digest_at) == (plain.time_zone, plain.digest_at):
        mine |= Q(rhythm__isnull=True)
    done = Q(rhythm__digested_on__gte=day)
    people = User.objects.filter(mine, is_active=True).exclude(done).select_related("rhythm")
    return list(people.order_by("pk")[:AT_ONCE])


def _due(person: User, day: date, at: datetime) -> Due:
    kept: Rhythm | None = getattr(person, "rhythm", None)  # read with the person
    last = kept.digested_at if kept else None
    since = max(last, at - LONGEST_LOOK) if last else at - timedelta(days=1)
    return Due(person, day, since, at)
