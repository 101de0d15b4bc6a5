"""When a person may be disturbed: reading and keeping zone, quiet hours and digest time."""

from datetime import time
from zoneinfo import available_timezones

from financehub.companies.models import User
from financehub.core.errors import Invalid
from financehub.notifications.models import Rhythm


def of(person: User) -> Rhythm:
    """The person's rhythm, the default one where none was kept."""
    return Rhythm.objects.filter(person=person).first() or Rhythm(person=person)


def keep(*, person: User, time_zone: str, quiet_from: time, quiet_until: time, digest_at: time) -> Rhythm:
    """Keep it. Raises Invalid for a zone that no clock knows."""
    if time_zone not in available_timezones():
        raise Invalid("There is no such time zone", field="time_zone")
    kept, _ = Rhythm.objects.update_or_create(
        person=person,
        defaults={
            "time_zone": time_zone,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "digest_at": digest_at,
        },
    )
    return kept
