"""A person's tray: theirs alone, in the companies where they have a place today."""

import pytest
from tests.builders import make_company, make_member

from financehub.companies.models import Membership
from financehub.core.errors import Invalid
from financehub.core.models import Event
from financehub.notifications import preferring, reading
from financehub.notifications.telling import tell


def kinds(person):
    return [row.kind for row in reading.tray_of(person).order_by("pk")]


def test_shows_what_was_told_to_this_person_newest_first(bakery, ana, bruno):
    tell(bakery, "salary_in", key="1")
    tell(bakery, "bill_due", key="1", to=[ana])
    page = reading.page(reading.tray_of(ana), after=None)
    assert [row.kind for row in page.rows] == ["bill_due", "salary_in"]
    assert (kinds(bruno), reading.unread_count(bruno)) == (["salary_in"], 1)


def test_who_leaves_a_company_reads_no_more_of_it(bakery, bruno):
    tell(bakery, "salary_in", key="1")
    Membership.objects.of(bakery).filter(user=bruno).delete()
    assert (kinds(bruno), reading.unread_count(bruno)) == ([], 0)


def test_what_a_person_does_not_want_on_the_bell_is_not_there(bakery, ana):
    preferring.prefer(person=ana, kind="salary_in", channel="tray", is_on=False)
    tell(bakery, "salary_in", key="1")
    assert kinds(ana) == []


def test_pages_go_on_after_the_last_and_refuse_what_is_no_cursor(bakery, ana):
    for number in range(3):
        tell(bakery, "salary_in", key=str(number))
    first = reading.page(reading.tray_of(ana), after=None, limit=2)
    rest = reading.page(reading.tray_of(ana), after=first.next, limit=2)
    assert (len(first.rows), len(rest.rows), rest.next) == (2, 1, None)
    with pytest.raises(Invalid):
        reading.page(reading.tray_of(ana), after="x")


def test_reading_rings_the_other_pages_once(bakery, ana):
    (row,) = tell(bakery, "salary_in", key="1")
    before = Event.objects.count()
    reading.mark_read(row)
    reading.mark_read(row)
    assert Event.objects.count() == before + 1
    assert reading.unread_count(ana) == 0


def test_all_may_mean_one_company(bakery, ana):
    other = make_company()
    make_member(company=other, user=ana)
    for company in (bakery, other):
        tell(company, "salary_in", key="1")
    assert reading.mark_all_read(ana, in_company=bakery) == 1
    assert reading.unread_count(ana) == 1
    assert reading.mark_all_read(ana) == 1
    assert reading.unread_count(ana) == 0
