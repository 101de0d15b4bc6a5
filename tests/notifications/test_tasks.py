"""The doors for Celery, by the names that jobs.enqueue and the timetable know."""

from datetime import timedelta

from celery import current_app

from financehub.core import clock, jobs
from financehub.notifications.models import Delivery, Notification
from financehub.notifications.sweeping import KEPT


def test_a_delivery_leaves_by_its_task(smtp, make_delivery, django_capture_on_commit_callbacks):
    delivery = make_delivery()
    with django_capture_on_commit_callbacks(execute=True):
        jobs.enqueue("notifications.deliver", delivery_id=str(delivery.pk))
    delivery.refresh_from_db()
    assert (delivery.status, len(smtp.mails)) == ("sent", 1)


def test_the_clock_sweeps_and_cleans(
    smtp, make_delivery, bakery, settings, django_capture_on_commit_callbacks
):
    make_delivery()
    make_delivery(status="sent", created_at=clock.now() - KEPT - timedelta(days=1))
    with django_capture_on_commit_callbacks(execute=True):
        current_app.tasks["notifications.sweep"].delay()
    assert current_app.tasks["notifications.clean_up"].run() == 2
    assert list(Delivery.objects.of(bakery).values_list("status", flat=True)) == ["sent"]
    assert Notification.objects.of(bakery).count() == 1
    on_the_clock = {entry.task for entry in settings.TIMETABLE}
    assert {"notifications.sweep", "notifications.clean_up"} <= on_the_clock
