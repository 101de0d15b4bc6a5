"""When a delivery is due: at once, or after the person's quiet hours; urgent things and programs never wait."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from financehub.core import clock
from financehub.notifications import rhythm
from financehub.notifications.models import Delivery, WebhookEndpoint
from financehub.notifications.telling import tell


@pytest.fixture
def asleep(ana):
    """Ana's quiet hours began an hour ago and last another."""
    local = clock.now().astimezone(ZoneInfo("America/Sao_Paulo")).replace(second=0, microsecond=0)
    rhythm.keep(
        person=ana,
        time_zone="America/Sao_Paulo",
        quiet_from=(local - timedelta(hours=1)).time(),
        quiet_until=(local + timedelta(hours=1)).time(),
        digest_at=time(8),
    )
    return local + timedelta(hours=1)


def due(company, channel="email"):
    return Delivery.objects.of(company).get(channel=channel)


def test_what_can_wait_waits_for_the_end_of_the_quiet(bakery, asleep, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as offered:
        tell(bakery, "connection_refused", key="1", words={"institution": "Itaú"})
    assert due(bakery).due_at == asleep
    assert len(offered) == 1  # the bell of the event log; no worker is told


@pytest.mark.parametrize("kind", ["connection_asks", "new_sign_in"])
def test_what_cannot_wait_passes(bakery, ana, asleep, kind):
    tell(bakery, kind, key="1", words={"institution": "Itaú"}, to=[ana])
    assert due(bakery).due_at < asleep


def test_programs_do_not_sleep(bakery, asleep):
    WebhookEndpoint.objects.create(
        company=bakery, url="https://e.example/", secret="s", created_at=clock.now()
    )
    tell(bakery, "salary_in", key="1")
    assert due(bakery, "webhook").due_at <= clock.now()


def test_the_bell_shows_it_at_once(bakery, ana, asleep):
    (row,) = tell(bakery, "connection_refused", key="1", words={"institution": "Itaú"})
    assert row.is_on_tray


def test_an_endpoint_gets_only_the_kinds_it_wants(bakery, ana):
    at = clock.now()
    WebhookEndpoint.objects.create(
        company=bakery, url="https://e.example/", secret="s", created_at=at, kinds=["bill_due"]
    )
    tell(bakery, "salary_in", key="1")
    assert not Delivery.objects.of(bakery).filter(channel="webhook").exists()
    tell(bakery, "bill_due", key="1")
    assert Delivery.objects.of(bakery).filter(channel="webhook").count() == 1
