"""Push to a browser through a played push service: read by that browser only, forgotten when it is gone."""

import json
from datetime import timedelta

import pytest
from tests.push_service import PlayedBrowser

from financehub.core import clock
from financehub.notifications import delivering, pushing
from financehub.notifications.models import Delivery, Notification, PushSubscription

Status = Delivery.Status


@pytest.fixture
def browser(push):
    return PlayedBrowser(push)


@pytest.fixture
def kept(browser, ana):
    return pushing.subscribe(person=ana, subscription=browser.subscription, browser="Chrome · Linux")


def deliver(make_delivery, kept, **fields):
    return delivering.deliver(str(make_delivery("push", target=str(kept.pk), **fields).pk))


def test_the_browser_shows_the_words_and_where_they_lead(push, browser, kept, make_delivery, bakery):
    about = {"object_kind": "transaction", "object_id": "01a2"}
    assert deliver(make_delivery, kept, about=about).status == Status.SENT
    told = json.loads(browser.reads(push.requests[0]))
    assert told["title"] == "Salário na conta: R$ 5.000,00"
    way = f"/transacoes/01a2?empresa={bakery.pk.hex}"
    assert (told["url"], told["tag"], told["lang"]) == (way, "salary_in:01a2", "pt-br")
    assert push.requests[0].headers["urgency"] == "normal"


def test_a_question_of_a_bank_is_urgent_and_short_lived(push, kept, make_delivery):
    deliver(make_delivery, kept, kind="connection_asks", words={"institution": "Itaú"})
    headers = push.requests[0].headers
    assert (headers["urgency"], headers["ttl"]) == ("high", "1800")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten_and_the_person_told(push, kept, ana, make_delivery, status):
    push.answers(status)
    delivery = deliver(make_delivery, kept)
    assert (delivery.status, delivery.reason) == (Status.FAILED, f"http_{status}")
    assert not PushSubscription.objects.exists()
    assert Notification.objects.for_person(ana).get(kind="channel_off").words["channel"] == "push"


def test_another_browser_left_keeps_the_channel(push, kept, ana, make_delivery):
    pushing.subscribe(person=ana, subscription=PlayedBrowser(push, "two").subscription, browser="Firefox")
    push.answers(410)
    deliver(make_delivery, kept)
    assert PushSubscription.objects.count() == 1
    assert (
        not Notification.objects.of(kept.person.memberships.get().company).filter(kind="channel_off").exists()
    )


def test_too_much_is_tried_when_the_service_says(push, kept, make_delivery):
    push.answers(429, retry_after="120")
    delivery = deliver(make_delivery, kept)
    assert (delivery.status, delivery.reason) == (Status.WAITING, "http_429")
    assert timedelta(seconds=110) < delivery.due_at - clock.now() <= timedelta(seconds=120)


def test_a_removed_browser_is_skipped(push, kept, make_delivery):
    delivery = make_delivery("push", target=str(kept.pk))
    kept.delete()
    assert delivering.deliver(str(delivery.pk)).reason == "nobody"


def test_an_installation_without_a_key_skips(settings, kept, make_delivery):
    settings.VAPID_KEY = ""
    assert deliver(make_delivery, kept).reason == "not_configured"
