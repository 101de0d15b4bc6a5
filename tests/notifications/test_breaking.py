"""A place that does not answer is left alone for a moment; no other place is, and no try is lost."""

import pytest
from django.core.cache import cache

from financehub.core import clock
from financehub.notifications import breaking, delivering
from financehub.notifications.models import Delivery, WebhookEndpoint

Status = Delivery.Status


@pytest.fixture
def dead(bakery, settings):
    """An endpoint where nobody listens."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    return WebhookEndpoint.objects.create(
        company=bakery, url="http://127.0.0.1:9/", secret="whsec_AAAA", created_at=clock.now()
    )


def to(endpoint, make_delivery):
    return make_delivery("webhook", target=str(endpoint.pk), person=None)


def test_what_waits_for_a_silent_place_is_not_tried(dead, make_delivery):
    first, second = to(dead, make_delivery), to(dead, make_delivery)
    assert delivering.deliver(str(first.pk)).reason == "connection"
    left = delivering.deliver(str(second.pk))
    assert (left.status, left.attempts, left.reason) == (Status.WAITING, 0, "")
    assert left.due_at > clock.now()
    dead.refresh_from_db()
    assert dead.failures == 1


def test_the_one_that_met_the_silence_keeps_its_own_pauses(dead, make_delivery):
    """It is what finds out that the place is back: the published five seconds are five, not half a minute."""
    first = to(dead, make_delivery)
    delivering.deliver(str(first.pk))
    Delivery.objects.of(dead.company_id).update(due_at=clock.now())
    assert delivering.deliver(str(first.pk)).attempts == 2
    dead.refresh_from_db()
    assert dead.failures == 2


def test_other_places_are_not_left_alone(dead, receiver, bakery, make_delivery):
    alive = WebhookEndpoint.objects.create(
        company=bakery, url=receiver.url, secret="whsec_AAAA", created_at=clock.now()
    )
    delivering.deliver(str(to(dead, make_delivery).pk))
    assert delivering.deliver(str(to(alive, make_delivery).pk)).status == Status.SENT


def test_an_answer_is_no_silence(receiver, bakery, make_delivery):
    one = WebhookEndpoint.objects.create(
        company=bakery, url=receiver.url, secret="whsec_AAAA", created_at=clock.now()
    )
    receiver.answers(500)
    delivering.deliver(str(to(one, make_delivery).pk))
    assert delivering.deliver(str(to(one, make_delivery).pk)).status == Status.SENT


def test_the_mail_server_is_one_place_for_everybody(make_delivery, bruno, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    first = make_delivery()
    delivering.deliver(str(first.pk))
    other = make_delivery(person=bruno)
    assert breaking.is_silent(other)
    cache.clear()
    assert not breaking.is_silent(other)
    breaking.note_silence(first)
    assert breaking.is_silent(other)
