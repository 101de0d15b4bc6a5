"""Who would hear of a kind at all, for those who say many things: nobody is worth no row."""

from financehub.companies.models import Company, User
from financehub.notifications import preferring, queueing, telling
from financehub.notifications.kinds import KINDS, Kind
from financehub.notifications.models import PushSubscription, TelegramChat
from financehub.notifications.models.deliveries import Channel


def listeners(company: Company, kind: str) -> list[User]:
    """The kind's audience, without those whom no channel would reach."""
    known = KINDS[kind]
    return [person for person in telling.audience(company, known.audience) if _ways(person, known)]


def hear_more_by(person: User, kind: str, other: str) -> bool:
    """Whether `kind` reaches the person where `other`, which says more of the same thing, does not."""
    return bool(_ways(person, KINDS[kind]) - _ways(person, KINDS[other]))


def programs_listen(company: Company, kind: str) -> bool:
    """Whether an endpoint of the company wants it."""
    return bool(queueing.endpoints_for(company, KINDS[kind]))


def _ways(person: User, kind: Kind) -> frozenset[Channel]:
    return preferring.channels_of(person, kind) - _unreachable(person)


def _unreachable(person: User) -> frozenset[Channel]:
    gone = set()
    if not TelegramChat.objects.filter(person=person, blocked_at=None).exists():
        gone.add(Channel.TELEGRAM)
    if not PushSubscription.objects.filter(person=person).exists():
        gone.add(Channel.PUSH)
    return frozenset(gone)
