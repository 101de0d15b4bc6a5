"""What the clock does: tell, offer, forget."""

from datetime import timedelta

from financehub.core import clock
from financehub.notifications import linking, sweeping
from financehub.notifications.models import AuditMark, Delivery, Notification, TelegramLink


def test_a_sweep_looks_at_the_trail_and_offers_what_is_due(
    smtp, make_delivery, django_capture_on_commit_callbacks
):
    make_delivery()
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeping.sweep() == 1
    assert AuditMark.objects.count() == 1
    assert len(smtp.mails) == 1


def test_old_notifications_go_with_their_deliveries_and_links_that_ran_out(bakery, ana, make_delivery):
    make_delivery(created_at=clock.now() - sweeping.KEPT - timedelta(days=1))
    young = make_delivery()
    linking.link_for_person(ana)
    TelegramLink.objects.update(expires_at=clock.now() - timedelta(days=2))
    assert sweeping.clean_up() == 3
    assert [row.pk for row in Delivery.objects.of(bakery)] == [young.pk]
    assert Notification.objects.of(bakery).count() == 1
