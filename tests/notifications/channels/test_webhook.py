"""Signed POSTs to a company's program: what it is sent, who signs, what its answers mean."""

import json
from datetime import timedelta

import pytest

from financehub.core import clock
from financehub.notifications import delivering
from financehub.notifications.channels import webhook
from financehub.notifications.models import Delivery, Notification, WebhookEndpoint
from financehub.providers.outgoing import signatures

Status = Delivery.Status
OLD, NEW = signatures.new_secret(), signatures.new_secret()


@pytest.fixture
def endpoint(bakery, receiver):
    return WebhookEndpoint.objects.create(
        company=bakery, url=f"{receiver.url}/hook", secret=NEW, created_at=clock.now()
    )


@pytest.fixture
def sent(make_delivery, endpoint):
    def send(**fields):
        return delivering.deliver(
            str(make_delivery("webhook", target=str(endpoint.pk), person=None, **fields).pk)
        )

    return send


def fits(request, secret):
    """As a receiver checks it."""
    told = request.headers
    wanted = signatures.sign(told["webhook-id"], int(told["webhook-timestamp"]), request.body, secret)
    return wanted in told["webhook-signature"].split(" ")


def test_says_what_happened_in_ids_and_words(receiver, sent, bakery):
    delivery = sent(about={"object_kind": "transaction", "object_id": "01a2"})
    assert delivery.status == Status.SENT
    told = json.loads(receiver.requests[0].body)
    assert (told["type"], told["data"]["company_id"]) == ("salary_in", str(bakery.pk))
    assert told["data"]["object"] == {"kind": "transaction", "id": "01a2"}
    assert told["data"]["words"]["amount"] == "R$ 5.000,00"
    assert told["data"]["text"]["en"]["title"] == "Salary received: R$ 5.000,00"


def test_is_signed_and_fresh(receiver, sent):
    sent()
    (got,) = receiver.requests
    assert fits(got, NEW)
    assert not fits(got, OLD)
    assert abs(int(got.headers["webhook-timestamp"]) - clock.now().timestamp()) < 60


def test_both_secrets_sign_while_they_overlap(receiver, sent, endpoint):
    until = clock.now() + timedelta(hours=1)
    WebhookEndpoint.objects.of(endpoint.company_id).update(former_secret=OLD, former_until=until)
    sent()
    assert fits(receiver.requests[0], OLD)
    assert fits(receiver.requests[0], NEW)
    WebhookEndpoint.objects.of(endpoint.company_id).update(former_until=clock.now())
    sent()
    assert not fits(receiver.requests[1], OLD)


def test_the_id_stays_over_retries_and_replays(receiver, sent, django_capture_on_commit_callbacks):
    receiver.answers(500)
    delivery = sent()
    Delivery.objects.of(delivery.company_id).update(due_at=clock.now())
    delivery = delivering.deliver(str(delivery.pk))
    with django_capture_on_commit_callbacks(execute=True):
        delivering.replay(delivery)
    assert len({got.headers["webhook-id"] for got in receiver.requests}) == 1
    assert len(receiver.requests) == 3
    assert receiver.requests[0].headers["webhook-id"] == webhook.message_id(delivery.notification)


def test_gone_is_believed_at_once(receiver, sent, endpoint, ana, bakery):
    receiver.answers(410)
    assert sent().status == Status.FAILED
    endpoint.refresh_from_db()
    assert endpoint.is_disabled
    assert (
        Notification.objects.of(bakery).get(kind="webhook_disabled", person=ana).words["reason"] == "http_410"
    )


def test_a_disabled_endpoint_is_not_called(receiver, sent, endpoint):
    WebhookEndpoint.objects.of(endpoint.company_id).update(disabled_at=clock.now())
    assert sent().reason == "endpoint_disabled"
    assert receiver.requests == []


def test_a_redirect_is_a_failure(receiver, sent):
    receiver.answers(307, location="http://127.0.0.1:9/")
    delivery = sent()
    assert (delivery.status, delivery.reason, len(receiver.requests)) == (Status.WAITING, "http_307", 1)


def test_an_address_inside_the_house_is_refused_when_the_operator_does_not_allow_it(receiver, sent, settings):
    settings.WEBHOOK_NETWORKS = []
    delivery = sent()
    assert (delivery.status, delivery.reason) == (Status.WAITING, "forbidden_address")
    assert receiver.requests == []


def test_a_wait_that_is_asked_for_is_kept(receiver, sent):
    receiver.answers(503, retry_after="600")
    assert sent().due_at - clock.now() > timedelta(seconds=590)
