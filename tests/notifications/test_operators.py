"""What only the operator can mend is told to the staff, or to those who manage the only company there is."""

import pytest
from tests.builders import make_company, make_member, make_user

from financehub.notifications import operators
from financehub.notifications.models import Notification

KIND = "operator_must_look"


def tell(key="1"):
    return [row.person for row in operators.tell(KIND, key=key, words={"code": "X"})]


def test_each_of_the_staff_is_told_once_in_a_company_of_theirs(bakery, ana):
    people = [make_user(is_staff=True) for _ in range(2)]
    for person in people:
        make_member(user=person)
    make_member(company=bakery, user=people[0], role="viewer")
    make_member(user=make_user(is_staff=True, is_active=False))
    make_user(is_staff=True)  # has no company, so no tray and nowhere to be told
    assert tell() == people
    assert tell() == []
    assert tell("2") == people
    assert not Notification.objects.of(bakery).exists()


def test_without_staff_a_lone_company_is_told_those_who_manage_it(bakery, ana, bruno):
    assert tell() == [ana]
    assert tell() == []


@pytest.mark.usefixtures("ana", "carla")
def test_without_staff_several_companies_are_nobodys_operators(db):
    assert tell() == []


def test_an_empty_installation_has_nobody(db):
    assert tell() == []
    make_company()
    assert tell() == []
