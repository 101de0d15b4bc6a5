"""A person's tray: what is there, what is unread, marking it read."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from financehub.companies.models import Company, User
from financehub.core import clock, events
from financehub.core.errors import Invalid
from financehub.notifications.models import Notification
from financehub.notifications.models.notices import NotificationQuerySet


@dataclass(frozen=True)
class TrayPage:
    """Some notifications, newest first; `next` continues after them, None at the end."""

    rows: list[Notification]
    next: str | None


def tray_of(person: User) -> NotificationQuerySet:
    """What stands on the person's tray, of every company where the person has a place."""
    return Notification.objects.for_person(person).on_tray()


def unread_count(person: User) -> int:
    """The number on the bell."""
    return tray_of(person).unread().count()


def page(rows: NotificationQuerySet, *, after: str | None, limit: int = 30) -> TrayPage:
    """A page of `rows`. Raises Invalid for a cursor that is none."""
    if after:
        try:
            rows = rows.filter(pk__lt=UUID(after))
        except ValueError:
            raise Invalid("There is no such page", field="after") from None
    found = list(rows.select_related("company", "person").order_by("-pk")[: limit + 1])
    return TrayPage(found[:limit], str(found[limit - 1].pk) if len(found) > limit else None)


@transaction.atomic
def mark_read(notification: Notification) -> None:
    """It was seen; the other open pages of the person follow."""
    unread = Notification.objects.of(notification.company_id).filter(pk=notification.pk, read_at=None)
    if unread.update(read_at=clock.now()):
        events.publish(notification.company_id, "notification", notification.pk)


@transaction.atomic
def mark_all_read(person: User, *, in_company: Company | None = None) -> int:
    """Everything on the tray was seen, in one company or all; how many were new."""
    unread = tray_of(person).unread()
    if in_company is not None:
        unread = unread.filter(company=in_company)
    companies = list(unread.order_by("company_id").values_list("company_id", flat=True))
    unread.update(read_at=clock.now())
    for company_id in dict.fromkeys(companies):
        events.publish(company_id, "notification", person.pk)
    return len(companies)
