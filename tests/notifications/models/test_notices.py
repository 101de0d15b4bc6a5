"""What a person may read, and the object a notification is about."""

from tests.builders import make_company

from financehub.notifications.models import Notification
from financehub.notifications.telling import tell


def test_only_in_companies_where_the_person_has_a_place(bakery, ana):
    tell(bakery, "salary_in", key="1", to=[ana])
    tell(make_company(), "salary_in", key="1", to=[ana])
    assert [row.company for row in Notification.objects.for_person(ana)] == [bakery]


def test_unread_until_it_is_read(bakery, ana):
    (row,) = tell(bakery, "salary_in", key="1")
    assert not row.is_read
    assert Notification.objects.for_person(ana).on_tray().unread().count() == 1
