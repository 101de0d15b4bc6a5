"""Whether a delivery may still go out: asked before every attempt, as it may have waited for a night or for retries."""

from datetime import datetime

from financehub.companies.models import Membership, User
from financehub.notifications import preferring, queueing
from financehub.notifications.kinds import KINDS, Kind
from financehub.notifications.models import Delivery
from financehub.notifications.models.deliveries import Channel

NOBODY, LEFT, SWITCHED_OFF = "nobody", "left_company", "switched_off"


def why_not(delivery: Delivery) -> str:
    """Why it goes out no more, empty when it may: its person left the company, or wants it no longer there."""
    person, kind = delivery.notification.person, KINDS[delivery.notification.kind]
    if person is None:
        return ""
    if not person.is_active:
        return NOBODY
    if not _is_concerned(delivery, person, kind):
        return LEFT
    return "" if preferring.is_open(person, kind, Channel(delivery.channel)) else SWITCHED_OFF


def next_allowed(delivery: Delivery, at: datetime) -> datetime:
    """`at` itself, or the end of the person's quiet hours that it has slipped into."""
    return queueing.due(delivery.notification, KINDS[delivery.notification.kind], at)


def _is_concerned(delivery: Delivery, person: User, kind: Kind) -> bool:
    """What is about the person, not about a company, is theirs wherever they belong."""
    if kind.audience is None:
        return True
    return Membership.objects.of(delivery.company_id).filter(user=person).exists()
