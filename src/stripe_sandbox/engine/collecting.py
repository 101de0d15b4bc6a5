"""Getting an invoice paid: automatic attempts, attempts on request, and answers that come later."""

from stripe_sandbox.engine import ending, sessions
from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, VOUCHER, Decline
from stripe_sandbox.engine.intents import attempt, fail, payment_error, succeed
from stripe_sandbox.engine.invoicing import intent_of, invoice_of, mark_paid
from stripe_sandbox.engine.methods import default_method
from stripe_sandbox.engine.standing import invoice_failed, set_status, subscription_of
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

DAY = 86_400
NO_METHOD = "no_method"
NOT_AUTHENTICATED = Decline(
    "payment_intent_authentication_failure",
    None,
    "The provided payment method has failed authentication. You can provide payment_method_data or a new "
    "payment method to attempt to fulfill this payment intent again.",
)


def collect(
    world: World, invoice: Json, method: Json | None = None, *, present: bool = False, automatic: bool = True
) -> str:
    """Try to have an open invoice paid; returns the outcome of `intents.attempt`, or "no_method"."""
    intent = intent_of(world, invoice)
    if intent is None:
        return APPROVE
    chosen = method or default_method(world, invoice["customer"], subscription_of(world, invoice))
    outcome = attempt(world, intent, chosen, present=present) if chosen else NO_METHOD
    if automatic:
        invoice["attempt_count"] += 1
    _follow(world, invoice, intent, outcome, present=present, automatic=automatic)
    return outcome


def _follow(
    world: World, invoice: Json, intent: Json, outcome: str, *, present: bool, automatic: bool
) -> None:
    """What an attempt's outcome means for the invoice and its subscription."""
    if outcome == APPROVE:
        mark_paid(world, invoice, intent)
        return
    retry = _plan_retry(world, invoice) if automatic and outcome not in (VOUCHER, AUTHENTICATE) else None
    changed = world.change(invoice, attempted=True, next_payment_attempt=retry)
    world.emit("invoice.updated", invoice, changed)
    if outcome in (VOUCHER, AUTHENTICATE):
        world.emit("invoice.payment_action_required", invoice)
    if outcome != VOUCHER and not (present and outcome == AUTHENTICATE):
        world.emit("invoice.payment_failed", invoice)
    if not present or outcome not in (VOUCHER, AUTHENTICATE):
        invoice_failed(world, invoice)
    if automatic and retry is None and outcome != VOUCHER:
        _retries_are_over(world, invoice)


def _plan_retry(world: World, invoice: Json) -> int | None:
    """When the vendor itself tries again, if the account is set to."""
    if invoice["billing_reason"] == "subscription_create":
        return None
    days, tried = world.switches.retry_days, invoice["attempt_count"]
    if tried > len(days):
        return None
    moment: int = world.now(invoice["customer"]) + days[tried - 1] * DAY
    world.later(moment, "retry_invoice", invoice["id"], invoice["customer"])
    return moment


def _retries_are_over(world: World, invoice: Json) -> None:
    """With no retry left the account's setting decides; with no retries at all, at once."""
    subscription, action = subscription_of(world, invoice), world.switches.after_retries
    if subscription is None or subscription["status"] != "past_due" or action == "leave_past_due":
        return
    if action == "cancel":
        ending.end(world, subscription, "payment_failed")
    else:
        set_status(world, subscription, "unpaid")


def retry(world: World, invoice_id: str) -> None:
    """Job: the vendor's own next attempt."""
    invoice = world.store.get("invoice", invoice_id)
    if (
        invoice["status"] == "open"
        and invoice["next_payment_attempt"] is not None
        and invoice["auto_advance"]
    ):
        collect(world, invoice)


def check_payable(invoice: Json) -> None:
    """Raises InvalidRequest for an invoice that cannot be paid (again)."""
    if invoice["status"] == "paid":
        raise InvalidRequest("Invoice is already paid", code="invoice_already_paid")
    if invoice["status"] not in ("open", "uncollectible"):
        raise InvalidRequest(
            f"This invoice can no longer be paid: it is {invoice['status']}.", code="invoice_not_editable"
        )


# -- answers that come later -----------------------------------------------------------------------


def follow_up(world: World, intent: Json, outcome: str, *, present: bool = True) -> None:
    """An intent moved by itself: tell its invoice and the checkout session that waited for it."""
    invoice = invoice_of(world, intent)
    if invoice is not None and invoice["status"] in ("open", "uncollectible"):
        _follow(world, invoice, intent, outcome, present=present, automatic=False)
    if outcome not in (VOUCHER, AUTHENTICATE):
        sessions.settle(world, intent, invoice, paid=outcome == APPROVE)


def authenticate(world: World, intent: Json, *, passed: bool) -> str:
    """The person answered the bank's question; returns the outcome of the payment."""
    if intent["status"] != "requires_action":
        raise InvalidRequest(
            "This payment does not wait for authentication.", code="payment_intent_unexpected_state"
        )
    method = world.store.get("payment_method", intent["payment_method"])
    if passed:
        world.store.note(intent["id"])["authenticated"] = True
        world.store.note(method["id"])["authenticated"] = True
        outcome = attempt(world, intent, method, present=True)
    else:
        fail(world, intent, method, NOT_AUTHENTICATED)
        outcome = NOT_AUTHENTICATED.code
    follow_up(world, intent, outcome)
    return outcome


def pay_voucher(world: World, intent: Json) -> None:
    """The boleto was paid at a bank."""
    _check_voucher(intent)
    succeed(world, intent, world.store.get("payment_method", intent["payment_method"]))
    follow_up(world, intent, APPROVE)


def expire_voucher(world: World, intent_id: str) -> None:
    """Job: the boleto's last day is over; nothing happens to one that was paid."""
    intent = world.store.get("payment_intent", intent_id)
    if not _waits_for_voucher(intent):
        return
    method = world.store.get("payment_method", intent["payment_method"])
    decline = Decline("payment_intent_payment_attempt_expired", None, "The boleto was not paid in time.")
    intent |= {"status": "requires_payment_method", "next_action": None, "payment_method": None}
    intent["last_payment_error"] = {**payment_error(decline, method), "type": "invalid_request_error"}
    world.emit("payment_intent.payment_failed", intent)
    follow_up(world, intent, decline.code)
    ending.expire_incomplete_of(world, invoice_of(world, intent))


def _waits_for_voucher(intent: Json) -> bool:
    action = intent["next_action"] or {}
    return intent["status"] == "requires_action" and action.get("type") == "boleto_display_details"


def _check_voucher(intent: Json) -> None:
    if not _waits_for_voucher(intent):
        raise InvalidRequest(
            "This payment does not wait for a boleto.", code="payment_intent_unexpected_state"
        )
