"""The official client drives every endpoint of Stripe in a box; every answer and event has the client's own shape."""

from collections.abc import Iterator

import pytest
import stripe
from tests.contract.stripe_drive import Drive
from tests.contract.stripe_rarities import rarities
from tests.contract.stripe_record import Record, checked_client
from tests.contract.stripe_sdk import findings
from tests.stripe_simulator import StripeSimulator, start

from stripe_sandbox.endpoints import table

pytestmark = pytest.mark.slow

MONDAY = "2026-11-23T12:00:00Z"
CONTROLLED = {  # what only a bank or the vendor itself causes, told by the control plane
    "customer.discount.updated": "discount",
    "customer.tax_id.updated": "tax_id",
    "invoice.finalization_failed": "invoice",
    "invoice.payment_attempt_required": "invoice",
    "invoice.overpaid": "invoice",
    "payment_intent.processing": "payment_intent",
    "charge.pending": "charge",
    "charge.expired": "charge",
    "mandate.updated": "mandate",
    "price.deleted": "price",
    "entitlements.active_entitlement_summary.updated": "entitlements.active_entitlement_summary",
    "subscription_schedule.completed": "subscription_schedule",
    "subscription_schedule.aborted": "subscription_schedule",
    "subscription_schedule.expiring": "subscription_schedule",
    "test_helpers.test_clock.internal_failure": "test_helpers.test_clock",
}


LISTENED_TO = """
checkout.session.completed checkout.session.async_payment_succeeded checkout.session.async_payment_failed
checkout.session.expired customer.created customer.updated customer.deleted customer.tax_id.created
customer.tax_id.updated customer.tax_id.deleted customer.discount.created customer.discount.updated
customer.discount.deleted customer.subscription.created customer.subscription.updated
customer.subscription.deleted customer.subscription.trial_will_end customer.subscription.paused
customer.subscription.resumed customer.subscription.pending_update_applied
customer.subscription.pending_update_expired invoice.created invoice.finalized invoice.finalization_failed
invoice.updated invoice.paid invoice.payment_succeeded invoice.payment_failed invoice.payment_action_required
invoice.payment_attempt_required invoice.upcoming invoice.marked_uncollectible invoice.voided invoice.deleted
invoice.sent invoice.overdue invoice.will_be_due invoice.overpaid invoice_payment.paid payment_intent.created
payment_intent.processing payment_intent.requires_action payment_intent.succeeded payment_intent.payment_failed
payment_intent.canceled charge.succeeded charge.failed charge.pending charge.updated charge.refunded
charge.expired charge.dispute.created charge.dispute.updated charge.dispute.closed
charge.dispute.funds_withdrawn charge.dispute.funds_reinstated refund.created refund.updated refund.failed
radar.early_fraud_warning.created radar.early_fraud_warning.updated review.opened review.closed
payment_method.attached payment_method.updated payment_method.automatically_updated payment_method.detached
setup_intent.succeeded setup_intent.setup_failed setup_intent.requires_action mandate.updated price.created
price.updated price.deleted product.created product.updated product.deleted coupon.created coupon.updated
coupon.deleted promotion_code.created promotion_code.updated entitlements.active_entitlement_summary.updated
billing_portal.session.created billing_portal.configuration.created billing_portal.configuration.updated
subscription_schedule.created subscription_schedule.updated subscription_schedule.released
subscription_schedule.completed subscription_schedule.canceled subscription_schedule.aborted
subscription_schedule.expiring credit_note.created credit_note.updated credit_note.voided
test_helpers.test_clock.advancing test_helpers.test_clock.ready test_helpers.test_clock.internal_failure
"""


@pytest.fixture(scope="module")
def simulator() -> Iterator[StripeSimulator]:
    process, simulator = start("--frozen", "--now", MONDAY)
    yield simulator
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def record(simulator: StripeSimulator) -> Record:
    """Everything, called once."""
    record = Record()
    drive = Drive(simulator, checked_client(simulator, record), record)
    drive.everything()
    rarities(drive)
    return record


def test_every_endpoint_was_called(record: Record) -> None:
    assert {*table.ENDPOINTS, table.ADVANCE} - record.called == set()


def test_every_answer_has_the_shape_of_its_class(record: Record) -> None:
    assert record.findings == {}


def test_everything_a_product_listens_to_was_told_or_can_be(record: Record) -> None:
    assert sorted(set(LISTENED_TO.split()) - record.events - set(CONTROLLED)) == []
    assert not record.events & set(CONTROLLED)


@pytest.mark.parametrize(("kind", "document"), CONTROLLED.items())
def test_events_nobody_causes_here_are_told_on_request(
    simulator: StripeSimulator, kind: str, document: str
) -> None:
    event = simulator.control(
        "/events", type=kind, kind=document, fields={"id": "x"} if document != "coupon" else {}
    )
    wrong = [
        text for text in findings(event) if not text.startswith("entitlements.active_entitlement_summary.id")
    ]
    assert wrong == []


def test_errors_become_the_clients_own_exceptions(simulator: StripeSimulator) -> None:
    c = simulator.client().v1
    with pytest.raises(stripe.InvalidRequestError) as missing:
        c.customers.retrieve("cus_nobody")
    with pytest.raises(stripe.CardError) as declined:
        c.payment_intents.create(
            {
                "amount": 900,
                "currency": "brl",
                "payment_method": "pm_card_visa_chargeDeclinedStolenCard",
                "confirm": True,
            }
        )
    assert (missing.value.code, missing.value.http_status) == ("resource_missing", 404)
    assert (declined.value.code, declined.value.error.decline_code, declined.value.error.advice_code) == (
        "card_declined",
        "stolen_card",
        "do_not_try_again",
    )
    assert declined.value.error.payment_intent.status == "requires_payment_method"
    assert declined.value.request_id.startswith("req_")


def test_a_wrong_key_is_an_authentication_error(simulator: StripeSimulator) -> None:
    client = stripe.StripeClient("sk_test_wrong", base_addresses={"api": simulator.url})
    with pytest.raises(stripe.AuthenticationError):
        client.v1.customers.list()
