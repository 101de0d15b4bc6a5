"""Telling whoever runs this installation what only they can mend."""

from financehub.companies import access
from financehub.companies.models import Company, Membership, User
from financehub.companies.permissions import Permission
from financehub.notifications import telling
from financehub.notifications.models import Notification

CAN_MEND = Permission.MANAGE_COMPANY


def tell(kind: str, *, key: str, words: telling.Words) -> list[Notification]:
    """Tell each of the staff once per `key`, in a company of theirs; what is new.

    Where nobody is staff, a company that is alone here is run by those who manage it.
    """
    staff = [place for person in _staff() if (place := _place_of(person)) is not None]
    told = [
        row
        for place in staff
        for row in telling.tell(place.company, kind, key=key, words=words, to=[place.user])
    ]
    if staff:
        return told
    alone = _company_alone()
    to = telling.audience(alone, CAN_MEND) if alone else []
    return telling.tell(alone, kind, key=key, words=words, to=to) if alone and to else []


def _staff() -> list[User]:
    return list(User.objects.filter(is_staff=True, is_active=True).order_by("pk"))


def _place_of(person: User) -> Membership | None:
    places = access.memberships_of(person)
    return places[0] if places else None


def _company_alone() -> Company | None:
    first = list(Company.objects.order_by("pk")[:2])
    return first[0] if len(first) == 1 else None
