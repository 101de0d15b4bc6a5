"""Forgetting what is over."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.core.models import Event, Lease
from financehub.timetable import cleaning

pytestmark = pytest.mark.django_db


def test_only_what_nobody_can_want_any_more_goes(bakery: Company) -> None:
    at = clock.now()
    for key, days in (("over", -1), ("alive", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=at + timedelta(days=days))
    for name, days in (("old", -2), ("just over", -0.5), ("held", 1)):
        Lease.objects.create(name=name, holder="x", expires_at=at + timedelta(days=days))
    for _ in range(2):
        events.publish(bakery.pk, "item", "x")
    Event.objects.filter(number=1).update(created_at=at - timedelta(days=8))
    assert cleaning.clean_up() == 3
    assert set(Session.objects.values_list("pk", flat=True)) == {"alive"}
    assert set(Lease.objects.values_list("pk", flat=True)) == {"just over", "held"}
    assert events.last_number(bakery.pk) == 2
    assert [event.number for event in events.after(bakery.pk, 0)] == [2]
