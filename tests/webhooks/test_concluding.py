"""What is written down at the end of a pass, and who is told."""

from uuid import uuid4

import pytest
from tests.webhooks.rows import make_event

from financehub.companies.models import Company
from financehub.core import clock, events
from financehub.webhooks import concluding
from financehub.webhooks.models import LEASE, WebhookEvent
from financehub.webhooks.notices import Effect

pytestmark = pytest.mark.django_db
Status = WebhookEvent.Status


def taken(count=1, **fields):
    made = [make_event(**fields) for _ in range(count)]
    return WebhookEvent.objects.take([event.pk for event in made], clock.now())


def told(company):
    return [(event.topic, event.object_id) for event in events.after(company.pk, 0)]


class TestConclude:
    def test_gives_each_event_its_own_end(self, bakery):
        done, ignored, parked = together = taken(3)
        effects = [Effect(bakery.pk), Effect(ignored_because="nothing"), Effect(parked_because="a stranger")]

        concluding.conclude(together, effects)

        for event in together:
            event.refresh_from_db()
        assert [event.status for event in together] == [Status.HANDLED, Status.IGNORED, Status.DEFERRED]
        assert (done.company_id, ignored.last_error, parked.last_error) == (
            bakery.pk,
            "nothing",
            "a stranger",
        )
        assert parked.is_parked
        assert parked.handled_at is None
        assert ("webhook", str(done.pk)) in told(bakery)

    def test_looks_again_a_few_times_for_what_may_resolve_before_a_person_is_asked(self):
        stranger = Effect(parked_because="a stranger", may_resolve=True)
        (event,) = taken()
        dues = []
        for _ in range(concluding.LOOKS_BEFORE_PARKING):
            concluding.conclude([event], [stranger])
            event.refresh_from_db()
            dues.append(event.due_at is not None)
            WebhookEvent.objects.filter(pk=event.pk).update(due_at=clock.now())
            (event,) = WebhookEvent.objects.take([event.pk], clock.now())
        assert dues == [True, True, False]

    def test_touches_nothing_that_another_worker_has_now(self):
        slow = taken()
        WebhookEvent.objects.take([slow[0].pk], slow[0].lease_until + LEASE)

        concluding.conclude(slow, [Effect()])

        slow[0].refresh_from_db()
        assert (slow[0].status, slow[0].attempts) == (Status.PROCESSING, 2)


class TestPublish:
    def test_tells_the_company_that_sees_everything_because_it_is_alone(self, bakery):
        concluding.publish(None, uuid4())
        assert len(told(bakery)) == 1

    def test_tells_nobody_of_what_is_nobodys_where_there_are_several(self, bakery):
        other = Company.objects.create(name="Other", vendor_alias=uuid4())
        concluding.publish(None, uuid4())
        assert told(bakery) == told(other) == []


class TestFail:
    def test_tells_those_with_attempts_left_from_the_dead(self):
        at = clock.now()
        worn, fresh = make_event(attempts=concluding.MAX_ATTEMPTS - 1), make_event()
        together = WebhookEvent.objects.take([worn.pk, fresh.pk], at)

        concluding.fail(together, RuntimeError("a name and a CPF"))

        worn.refresh_from_db()
        fresh.refresh_from_db()
        assert (worn.status, fresh.status) == (Status.DEAD, Status.FAILED)
        assert worn.last_error == fresh.last_error == "RuntimeError"
        assert fresh.due_at > at


class TestGiveUp:
    def test_leaves_the_reason(self):
        together = taken()
        concluding.give_up(together, "enough")
        together[0].refresh_from_db()
        assert (together[0].status, together[0].last_error) == (Status.DEAD, "enough")


class TestDelaySeconds:
    def test_doubles_from_five_seconds_to_an_hour_within_a_half(self):
        assert all(2.5 <= concluding.delay_seconds(1) <= 5 for _ in range(50))
        assert all(5 <= concluding.delay_seconds(2) <= 10 for _ in range(50))
        assert all(1800 <= concluding.delay_seconds(40) <= 3600 for _ in range(50))
