"""What changed while a delivery lay for a night of quiet hours, or for a day of retries."""

from datetime import UTC, timedelta

from financehub.companies.models import Membership
from financehub.core import clock
from financehub.notifications import delivering, rhythm, unsubscribing
from financehub.notifications.models import ChannelBlock, Delivery

Status = Delivery.Status


def test_who_left_the_company_hears_nothing_more_of_it(smtp, make_delivery, bakery, bruno):
    about_money = make_delivery(person=bruno)
    about_bruno = make_delivery(person=bruno, kind="new_sign_in", words={"at": "now", "address": "::1"})
    Membership.objects.of(bakery).filter(user=bruno).delete()
    left = delivering.deliver(str(about_money.pk))
    assert (left.status, left.reason) == (Status.SKIPPED, "left_company")
    assert delivering.deliver(str(about_bruno.pk)).status == Status.SENT
    assert len(smtp.mails) == 1


def test_whose_account_is_shut_hears_nothing(make_delivery, bruno):
    bruno.is_active = False
    bruno.save()
    assert delivering.deliver(str(make_delivery(person=bruno).pk)).reason == "nobody"
    assert delivering.deliver(str(make_delivery("push", person=bruno).pk)).reason == "nobody"


def test_what_was_unsubscribed_meanwhile_is_not_sent(smtp, make_delivery, ana):
    delivery = make_delivery()
    unsubscribing.unsubscribe(unsubscribing.link(ana, "salary_in").rpartition("/")[2])
    left = delivering.deliver(str(delivery.pk))
    assert (left.status, left.reason, smtp.mails) == (Status.SKIPPED, "switched_off", [])


def test_a_channel_that_refused_meanwhile_is_not_tried_again(smtp, make_delivery, ana):
    ChannelBlock.objects.create(person=ana, channel="email", reason="smtp_550", created_at=clock.now())
    left = delivering.deliver(str(make_delivery().pk))
    assert (left.status, left.reason, smtp.mails) == (Status.SKIPPED, "switched_off", [])


def test_a_retry_that_falls_into_quiet_hours_waits_for_their_end(smtp, make_delivery, ana):
    at = clock.now().astimezone(UTC)
    end = (at + timedelta(hours=2)).replace(second=0, microsecond=0)
    rhythm.keep(
        person=ana,
        time_zone="UTC",
        quiet_from=(at - timedelta(hours=2)).time(),
        quiet_until=end.time(),
        digest_at=at.time(),
    )
    late = make_delivery(attempts=2, reason="smtp_451")
    delivering.deliver(str(late.pk))
    late.refresh_from_db()
    assert (late.status, late.due_at, late.attempts, smtp.mails) == (Status.WAITING, end, 2, [])
    urgent = make_delivery(kind="new_sign_in", words={"at": "now", "address": "::1"})
    assert delivering.deliver(str(urgent.pk)).status == Status.SENT
