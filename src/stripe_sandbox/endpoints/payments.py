"""Payment intents, charges, refunds, credit notes and the account's balance."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, lists, reads, updates
from stripe_sandbox.engine import refunds
from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, VOUCHER
from stripe_sandbox.engine.collecting import follow_up
from stripe_sandbox.engine.disputes import calm_after_refund
from stripe_sandbox.engine.intents import attempt, cancel_intent, declined_error, make_intent
from stripe_sandbox.engine.methods import find_method
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank


def create_intent(call: Call) -> Json:
    world, params = call.world, call.params
    customer = world.find_customer(params["customer"])["id"] if params.get("customer") else None
    if params["amount"] < 1:
        raise InvalidRequest(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    intent = make_intent(
        world, params["amount"], params["currency"].lower(), customer, metadata=params.get("metadata") or {}
    )
    intent |= {
        "description": params.get("description"),
        "payment_method_options": params.get("payment_method_options") or {},
    }
    if params.get("payment_method"):
        intent |= {
            "payment_method": find_method(world, params["payment_method"])["id"],
            "status": "requires_confirmation",
        }
    if params.get("confirm"):
        _confirm(call, intent)
    return intent


def confirm_intent(call: Call) -> Json:
    return _confirm(call, call.world.store.get("payment_intent", call.id))


def _confirm(call: Call, intent: Json) -> Json:
    if intent["status"] in ("succeeded", "canceled"):
        raise InvalidRequest(
            f"You cannot confirm this PaymentIntent because it has already {intent['status']}.",
            code="payment_intent_unexpected_state",
        )
    chosen = call.params.get("payment_method") or intent["payment_method"]
    if not chosen:
        raise InvalidRequest(
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            code="payment_intent_unexpected_state",
        )
    method = find_method(call.world, chosen)
    outcome = attempt(call.world, intent, method, present=not call.params.get("off_session"))
    follow_up(call.world, intent, outcome)
    if outcome not in (APPROVE, VOUCHER, AUTHENTICATE):
        raise declined_error(intent)
    return intent


def cancel(call: Call) -> Json:
    intent = call.world.store.get("payment_intent", call.id)
    if intent["status"] in ("succeeded", "canceled"):
        raise InvalidRequest(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
        )
    cancel_intent(call.world, intent, call.params.get("cancellation_reason"))
    return intent


def create_refund(call: Call) -> Json:
    made = refunds.refund(call.world, call.params)
    calm_after_refund(call.world, made["charge"])
    return made


def cancel_refund(call: Call) -> Json:
    made = call.world.store.get("refund", call.id)
    if made["status"] not in ("pending", "requires_action"):
        raise InvalidRequest(f"You cannot cancel this refund: it has {made['status']}.", param="id")
    call.world.change(made, "refund.updated", status="canceled")
    return made


def create_credit_note(call: Call) -> Json:
    return refunds.credit_note(call.world, call.params)


def void_credit_note(call: Call) -> Json:
    note = call.world.store.get("credit_note", call.id)
    if note["status"] != "issued" or note["type"] != "pre_payment":
        raise InvalidRequest("This credit note cannot be voided.", param="id")
    call.world.change(note, status="void", voided_at=call.world.now(note["customer"]))
    call.world.emit("credit_note.voided", note)
    return note


def balance(call: Call) -> Json:
    total = sum(row["net"] for row in call.world.store.rows("balance_transaction"))
    money = blank("balance")
    empty = {"amount": 0, "currency": "brl", "source_types": {"card": 0}}
    pending = {"amount": total, "currency": "brl", "source_types": {"card": total}}
    return money | {"available": [empty], "pending": [pending]}


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/payment_intents": create_intent,
    "GET /v1/payment_intents": lists("payment_intent", "customer"),
    "GET /v1/payment_intents/{}": reads("payment_intent"),
    "POST /v1/payment_intents/{}": updates("payment_intent", None, "description", "payment_method"),
    "POST /v1/payment_intents/{}/confirm": confirm_intent,
    "POST /v1/payment_intents/{}/cancel": cancel,
    "GET /v1/charges": lists("charge", "customer", "payment_intent"),
    "GET /v1/charges/{}": reads("charge"),
    "POST /v1/charges/{}": updates("charge", "charge.updated", "description"),
    "POST /v1/refunds": create_refund,
    "GET /v1/refunds": lists("refund", "charge", "payment_intent"),
    "GET /v1/refunds/{}": reads("refund"),
    "POST /v1/refunds/{}": updates("refund", "refund.updated"),
    "POST /v1/refunds/{}/cancel": cancel_refund,
    "POST /v1/credit_notes": create_credit_note,
    "GET /v1/credit_notes": lists("credit_note", "customer", "invoice"),
    "GET /v1/credit_notes/{}": reads("credit_note"),
    "POST /v1/credit_notes/{}": updates("credit_note", "credit_note.updated", "memo"),
    "POST /v1/credit_notes/{}/void": void_credit_note,
    "GET /v1/balance": balance,
    "GET /v1/balance_transactions": lists("balance_transaction", "source", "type"),
    "GET /v1/balance_transactions/{}": reads("balance_transaction"),
}
