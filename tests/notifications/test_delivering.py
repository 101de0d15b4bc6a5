"""A delivery is claimed once, tried again with growing pauses, given up with its reason; none waits for another."""

import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings

from financehub.core import clock
from financehub.core.states import InvalidTransition
from financehub.notifications import delivering
from financehub.notifications.models import Delivery, WebhookEndpoint
from financehub.notifications.models.deliveries import LEASE

Status = Delivery.Status


def again(delivery):
    """The time of the next try has come; how it is after it."""
    Delivery.objects.of(delivery.company_id).filter(pk=delivery.pk).update(due_at=clock.now())
    return delivering.deliver(str(delivery.pk))


class TestDeliver:
    def test_ends_as_sent_once(self, smtp, make_delivery):
        delivery = make_delivery()
        assert delivering.deliver(str(delivery.pk)).status == Status.SENT
        assert delivering.deliver(str(delivery.pk)) is None
        assert len(smtp.mails) == 1

    def test_waits_for_its_time(self, smtp, make_delivery):
        delivery = make_delivery()
        Delivery.objects.of(delivery.company_id).update(due_at=clock.now() + timedelta(hours=1))
        assert delivering.deliver(str(delivery.pk)) is None
        assert smtp.mails == []

    def test_failures_come_back_with_the_published_pauses_and_end(self, receiver, make_delivery, bakery):
        endpoint = WebhookEndpoint.objects.create(
            company=bakery, url=receiver.url, secret="whsec_AAAA", created_at=clock.now()
        )
        receiver.always = 500
        delivery = make_delivery("webhook", target=str(endpoint.pk), person=None)
        pauses = []
        for _ in range(8):
            before = clock.now()
            delivery = again(delivery)
            pauses.append((delivery.due_at - before).total_seconds())
        seconds = [5, 300, 1800, 7200, 18000, 36000, 36000]
        assert all(
            wanted <= pause <= wanted * 1.2 + 5 for wanted, pause in zip(seconds, pauses[:7], strict=True)
        )
        assert (delivery.status, delivery.reason, delivery.attempts) == (Status.FAILED, "http_500", 8)
        assert len(receiver.requests) == 8

    def test_a_broken_channel_blocks_no_other(self, smtp, receiver, make_delivery, bakery):
        endpoint = WebhookEndpoint.objects.create(
            company=bakery, url="http://127.0.0.1:9/", secret="whsec_AAAA", created_at=clock.now()
        )
        broken = make_delivery("webhook", target=str(endpoint.pk), person=None)
        mail = make_delivery()
        assert delivering.deliver(str(broken.pk)).status == Status.WAITING
        assert delivering.deliver(str(mail.pk)).status == Status.SENT

    def test_what_killed_its_workers_is_given_up(self, make_delivery):
        delivery = make_delivery(
            status=Status.SENDING, attempts=7, lease_until=clock.now() - timedelta(seconds=1)
        )
        assert delivering.deliver(str(delivery.pk)).reason == "worker_died"

    def test_an_end_is_told_to_open_pages_only_when_it_is_one(self, make_delivery, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        delivery = delivering.deliver(str(make_delivery().pk))
        assert (delivery.status, delivery.reason, delivery.finished_at) == (
            Status.WAITING,
            "ConnectionRefusedError",
            None,
        )


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_sends(make_delivery):
    delivery = make_delivery()

    def work(_number):
        try:
            return delivering.deliver(str(delivery.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        results = [result for result in pool.map(work, range(8)) if result]
    assert [result.status for result in results] == [Status.SENT]


class TestSweep:
    def test_offers_what_a_lost_message_forgot_and_not_twice_at_once(self, smtp, make_delivery):
        make_delivery()
        with override_settings(CELERY_TASK_ALWAYS_EAGER=True):
            assert delivering.sweep() == 1
            assert delivering.sweep() == 0

    def test_takes_over_from_a_dead_worker(self, smtp, make_delivery, django_capture_on_commit_callbacks):
        at = clock.now()
        delivery = make_delivery(status=Status.SENDING, attempts=1, lease_until=at - timedelta(seconds=1))
        with django_capture_on_commit_callbacks(execute=True):
            assert delivering.sweep() == 1
        delivery.refresh_from_db()
        assert (delivery.status, len(smtp.mails)) == (Status.SENT, 1)

    def test_leaves_alone_what_is_held_or_not_due(self, make_delivery):
        make_delivery(status=Status.SENDING, lease_until=clock.now() + LEASE)
        make_delivery(status=Status.SENT)
        later = make_delivery()
        Delivery.objects.of(later.company_id).filter(pk=later.pk).update(
            due_at=clock.now() + timedelta(hours=1)
        )
        assert delivering.sweep() == 0


class TestReplay:
    def test_sends_once_more_with_the_same_id(self, smtp, make_delivery, django_capture_on_commit_callbacks):
        delivery = delivering.deliver(str(make_delivery().pk))
        with django_capture_on_commit_callbacks(execute=True):
            delivering.replay(delivery)
        first, second = smtp.mails
        assert first["Message-ID"] == second["Message-ID"]

    def test_is_refused_while_it_is_under_way(self, make_delivery):
        with pytest.raises(InvalidTransition):
            delivering.replay(make_delivery(status=Status.SENDING))


def test_a_mail_server_that_is_away_is_tried_for_most_of_a_day():
    at, tried = clock.now(), 0
    while delivering.next_try("email", tried + 1, at):
        tried += 1
    assert tried == 6
    assert issubclass(smtplib.SMTPServerDisconnected, OSError)
