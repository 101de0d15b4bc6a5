"""Who would hear of a kind at all, for those who say many things: nobody is worth no row."""

from financehub.companies.models import Company, User
from financehub.notifications import preferring, queueing, telling
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import PushSubscription, TelegramChat
from financehub.notifications.models.deliveries import Channel


def listeners(company: Company, kind: str) -> list[User]:
    """The kind's audience, without those whom no channel would reach."""
    known = KINDS[kind]
    people = telling.audience(company, known.audience)
    return [person for person in people if preferring.channels_of(person, known) - _unreachable(person)]


def programs_listen(company: Company, kind: str) -> bool:
    """Whether an endpoint of the company wants it."""
    return bool(queueing.endpoints_for(company, KINDS[kind]))


def _unreachable(person: User) -> frozenset[Channel]:
    gone = set()
    if not TelegramChat.objects.filter(person=person, blocked_at=None).exists():
        gone.add(Channel.TELEGRAM)
    if not PushSubscription.objects.filter(person=person).exists():
        gone.add(Channel.PUSH)
    return frozenset(gone)
