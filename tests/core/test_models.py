"""What the database itself refuses about the house's own rows."""

import pytest
from django.db import IntegrityError, transaction

from financehub.core import clock
from financehub.core.ids import new_id
from financehub.core.models import Event, EventCounter, Lease

pytestmark = pytest.mark.django_db


def test_a_company_has_one_event_per_number() -> None:
    company_id, values = new_id(), {"topic": "item", "object_id": "1", "created_at": clock.now()}
    Event.objects.create(company_id=company_id, number=1, **values)
    Event.objects.create(company_id=new_id(), number=1, **values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.create(company_id=company_id, number=1, **values)
    assert Event.objects.filter(company_id=company_id).count() == 1


def test_a_company_has_one_counter_and_a_name_one_lease() -> None:
    company_id, at = new_id(), clock.now()
    EventCounter.objects.create(company_id=company_id)
    Lease.objects.create(name="sweep", holder="a", expires_at=at)
    for repeat in (
        lambda: EventCounter.objects.create(company_id=company_id),
        lambda: Lease.objects.create(name="sweep", holder="b", expires_at=at),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            repeat()


def test_rows_are_named_by_their_keys() -> None:
    assert str(EventCounter(company_id="x")) == "EventCounter x"
    assert str(Event(company_id="x", number=7)) == "Event x/7"
    assert str(Lease(name="sweep")) == "Lease sweep"
