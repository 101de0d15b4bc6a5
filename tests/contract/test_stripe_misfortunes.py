"""What the official client makes of a Stripe that stumbles: retries, replays, lost answers, odd deliveries."""

from collections.abc import Iterator

import pytest
import stripe
from tests.stripe_sandbox.box import Receiver
from tests.stripe_simulator import StripeSimulator, start


@pytest.fixture
def simulator() -> Iterator[StripeSimulator]:
    process, simulator = start("--frozen", "--now", "2026-11-23T12:00:00Z")
    yield simulator
    process.terminate()
    process.wait(timeout=10)


def created(simulator: StripeSimulator) -> int:
    return len(simulator.client().v1.events.list({"type": "customer.created"}).data)


def test_a_server_error_is_retried_unless_told_not_to(simulator: StripeSimulator) -> None:
    client = simulator.client(max_network_retries=2)
    simulator.control("/faults", kind="error", times=1)
    client.v1.customers.create({"name": "Ana"})
    simulator.control("/faults", kind="error", times=1, should_retry=False)
    with pytest.raises(stripe.APIError):
        client.v1.customers.create({"name": "Bia"})
    assert created(simulator) == 1


def test_a_rate_limit_is_left_to_the_caller(simulator: StripeSimulator) -> None:
    simulator.control("/faults", kind="rate_limit", times=1)
    with pytest.raises(stripe.RateLimitError):
        simulator.client(max_network_retries=2).v1.customers.create({"name": "Ana"})


def test_a_lost_answer_is_asked_for_again_with_the_same_key_and_done_once(simulator: StripeSimulator) -> None:
    simulator.control("/faults", kind="lost_answer", times=1, method="POST", seconds=3)
    impatient = simulator.client(patience=0.5, max_network_retries=2)
    impatient.v1.customers.create({"name": "Ana"}, {"idempotency_key": "cus:1"})
    posts = simulator.told("/requests", method="POST")
    assert [(row["idempotency_key"], row["replayed"]) for row in posts] == [("cus:1", False), ("cus:1", True)]
    assert created(simulator) == 1


def test_a_dropped_connection_leaves_nothing_done(simulator: StripeSimulator) -> None:
    simulator.control("/faults", kind="drop", times=1, method="POST")
    with pytest.raises(stripe.APIConnectionError):
        simulator.client(max_network_retries=0).v1.customers.create({"name": "Ana"})
    assert created(simulator) == 0


def test_a_key_used_for_something_else_is_refused(simulator: StripeSimulator) -> None:
    c = simulator.client().v1
    c.customers.create({"name": "Ana"}, {"idempotency_key": "cus:1"})
    with pytest.raises(stripe.IdempotencyError):
        c.customers.create({"name": "Bia"}, {"idempotency_key": "cus:1"})


def test_a_renewal_arrives_whole_signed_shuffled_and_doubled(simulator: StripeSimulator) -> None:
    c = simulator.client().v1
    with Receiver() as receiver:
        made = c.webhook_endpoints.create({"url": receiver.url, "enabled_events": ["*"]})
        product = c.products.create({"name": "Pro"})
        recurring = {"interval": "month"}
        price = c.prices.create(
            {"product": product.id, "currency": "brl", "unit_amount": 7900, "recurring": recurring}
        )
        customer = c.customers.create({"name": "Ana"})
        card = c.payment_methods.attach("pm_card_visa", {"customer": customer.id})
        c.subscriptions.create(
            {"customer": customer.id, "items": [{"price": price.id}], "default_payment_method": card.id}
        )
        simulator.control("/switches", webhook_duplicates=1, webhook_shuffle_seconds=600)
        simulator.advance(days=31)
        simulator.advance(days=1)
        events = [
            stripe.Webhook.construct_event(knock.body, knock.headers["stripe-signature"], made.secret)
            for knock in receiver.knocks
        ]
    assert len({event.id for event in events}) < len(events)
    assert [event.type for event in events].count("invoice.paid") == 1 + 2
