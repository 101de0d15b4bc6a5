import json

import stripe
from tests.stripe_sandbox.box import HOUR, Box, Receiver


def listening(box: Box, receiver: Receiver, *events: str) -> dict:
    return box.post("/webhook_endpoints", url=f"{receiver.url}/hook", enabled_events=list(events or ["*"]))


def deliveries(box: Box, **filters: str) -> list[dict]:
    return box.call("GET", "/_control/deliveries", params=filters).json()


class TestDelivering:
    def test_signs_so_that_the_official_client_accepts(self, box: Box, receiver: Receiver) -> None:
        endpoint = listening(box, receiver, "customer.created")
        box.customer(card=None)
        box.control("/settle")
        [knock] = receiver.knocks
        signature = knock.headers["stripe-signature"]
        event = stripe.Webhook.construct_event(knock.body, signature, endpoint["secret"])
        assert (event.type, event.api_version, event.pending_webhooks) == (
            "customer.created",
            "2026-10-28.endive",
            1,
        )
        assert box.get(f"/events/{event.id}")["pending_webhooks"] == 0

    def test_sends_only_what_was_asked_for(self, box: Box, receiver: Receiver) -> None:
        listening(box, receiver, "payment_method.attached", "customer.updated")
        box.customer()
        box.control("/settle")
        assert sorted(receiver.types()) == ["customer.updated", "payment_method.attached"]

    def test_retries_on_the_virtual_clock_until_accepted(self, box: Box, receiver: Receiver) -> None:
        receiver.answer = lambda count: 500 if count < 3 else 200
        listening(box, receiver, "customer.created")
        box.customer(card=None)
        box.control("/settle")
        assert box.get("/events", delivery_success=False)["data"][0]["type"] == "customer.created"
        box.advance(HOUR)
        [row] = deliveries(box)
        assert [attempt["status"] for attempt in row["attempts"]] == [500, 500, 200]
        assert len({knock.body for knock in receiver.knocks}) == 1
        assert box.get("/events", delivery_success=False)["data"] == []

    def test_stops_for_a_disabled_endpoint(self, box: Box, receiver: Receiver) -> None:
        endpoint = listening(box, receiver)
        box.customer(card=None)
        box.post(f"/webhook_endpoints/{endpoint['id']}", disabled=True)
        box.control("/settle")
        assert receiver.knocks == []
        assert deliveries(box)[0]["state"] == "lost"


class TestUnreliability:
    def test_duplicates_each_delivery(self, box: Box, receiver: Receiver) -> None:
        listening(box, receiver, "customer.created")
        box.switch(webhook_duplicates=2)
        box.customer(card=None)
        box.control("/settle")
        assert receiver.types() == ["customer.created"] * 3
        assert len({json.loads(knock.body)["id"] for knock in receiver.knocks}) == 1

    def test_makes_twins_with_ids_of_their_own(self, box: Box, receiver: Receiver) -> None:
        listening(box, receiver, "customer.created")
        box.switch(webhook_twins=1)
        box.customer(card=None)
        box.control("/settle")
        assert len({json.loads(knock.body)["id"] for knock in receiver.knocks}) == 2

    def test_loses_deliveries_for_good(self, box: Box, receiver: Receiver) -> None:
        listening(box, receiver)
        box.switch(webhook_loss=1)
        box.customer(card=None)
        box.advance(days=4)
        assert receiver.knocks == []
        assert {row["state"] for row in deliveries(box)} == {"lost"}

    def test_shuffles_and_delays(self, box: Box, receiver: Receiver) -> None:
        listening(box, receiver)
        box.switch(webhook_shuffle_seconds=3000, webhook_delay_seconds=10)
        box.subscription()
        box.control("/settle")
        assert receiver.knocks == []
        box.advance(HOUR)
        told, sent = receiver.types(), [row["type"] for row in deliveries(box)]
        assert told != sent
        assert sorted(told) == sorted(sent)

    def test_distorts_a_first_attempt_and_repairs_it_by_the_retry(self, box: Box, receiver: Receiver) -> None:
        endpoint = listening(box, receiver, "customer.created")
        box.switch(webhook_distortion="bad_signature")
        receiver.answer = lambda count: 400 if count == 1 else 200
        box.customer(card=None)
        box.advance(HOUR)
        attempts = deliveries(box)[0]["attempts"]
        assert [row["distortion"] for row in attempts] == ["bad_signature", None]
        second = receiver.knocks[1]
        stripe.Webhook.construct_event(second.body, second.headers["stripe-signature"], endpoint["secret"])


class TestTheLog:
    def test_resends_the_same_event(self, box: Box, receiver: Receiver) -> None:
        listening(box, receiver, "customer.created")
        box.customer(card=None)
        box.control("/settle")
        box.control(f"/deliveries/{deliveries(box)[0]['id']}/resend")
        box.control("/settle")
        assert receiver.knocks[0].body == receiver.knocks[1].body

    def test_a_rolled_secret_signs_beside_the_new_one_for_a_day(self, box: Box, receiver: Receiver) -> None:
        endpoint = listening(box, receiver, "customer.created")
        new = box.control(f"/webhook_endpoints/{endpoint['id']}/roll")["secret"]
        box.customer(card=None)
        box.control("/settle")
        signature = receiver.knocks[0].headers["stripe-signature"]
        assert signature.count("v1=") == 2
        for secret in (new, endpoint["secret"]):
            stripe.Webhook.construct_event(receiver.knocks[0].body, signature, secret)
        box.advance(days=1)
        box.customer(card=None)
        box.control("/settle")
        assert receiver.knocks[-1].headers["stripe-signature"].count("v1=") == 1
