"""Money back: refunds of charges, at once, pending, failing later, and credit notes that tie them to invoices."""

from stripe_sandbox.engine.ledger import book
from stripe_sandbox.engine.methods import test_card
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, page
from stripe_sandbox.world import World

FAILURE_SECONDS = 60


def refund(world: World, params: Json) -> Json:
    """Refund a charge, whole or in part. Raises InvalidRequest when there is nothing (left) to refund."""
    charge = _charge_of(world, params)
    amount = _amount(charge, params.get("amount"))
    method = world.store.find("payment_method", charge["payment_method"])
    card = test_card(world, method) if method else None
    after = card.after if card else None
    made = world.make(
        "refund",
        "re",
        amount=amount,
        charge=charge["id"],
        created=world.now(charge["customer"]),
        currency=charge["currency"],
        customer=charge["customer"],
        payment_intent=charge["payment_intent"],
        payment_method=charge["payment_method"],
        metadata=params.get("metadata") or {},
        reason=params.get("reason"),
        status="pending" if after == "refund:pending" else "succeeded",
        destination_details={
            "type": "card",
            "card": {
                "type": "refund",
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
            },
        },
    )
    made["balance_transaction"] = book(world, made, "refund", "refund", -amount)["id"]
    refunded = charge["amount_refunded"] + amount
    changed = world.change(charge, amount_refunded=refunded, refunded=refunded == charge["amount"])
    world.emit("refund.created", made)
    world.emit("charge.refunded", charge, changed)
    if after in ("refund:fails", "refund:pending"):
        world.later(
            world.now(charge["customer"]) + FAILURE_SECONDS, "settle_refund", made["id"], charge["customer"]
        )
    else:
        world.emit("refund.updated", made, {"destination_details": None})
    return made


def _charge_of(world: World, params: Json) -> Json:
    if params.get("payment_intent"):
        intent = world.store.get("payment_intent", params["payment_intent"], "payment_intent")
        charge = world.store.find("charge", intent["latest_charge"])
        if charge is None or not charge["paid"]:
            raise InvalidRequest(
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
                code="payment_intent_unexpected_state",
            )
        return _check(world, charge)
    return _check(world, world.store.get("charge", params.get("charge"), "charge"))


def _check(world: World, charge: Json) -> Json:
    if charge["payment_method_details"]["type"] == "boleto":
        raise InvalidRequest(
            "Boleto payments cannot be refunded.", code="charge_not_refundable", param="charge"
        )
    if charge["refunded"]:
        raise InvalidRequest(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    for dispute in world.store.rows("dispute", charge=charge["id"]):
        if not dispute["is_charge_refundable"]:
            raise InvalidRequest(f"Charge {charge['id']} has been charged back.", code="charge_disputed")
    return charge


def _amount(charge: Json, wanted: int | None) -> int:
    left = charge["amount"] - charge["amount_refunded"]
    amount = left if wanted is None else int(wanted)
    if amount <= 0:
        raise InvalidRequest("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        raise InvalidRequest(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount"
        )
    return amount


def settle_refund(world: World, refund_id: str) -> None:
    """Job: the bank has answered about a refund of the cards that are slow or wrong."""
    made = world.store.get("refund", refund_id)
    charge = world.store.get("charge", made["charge"])
    method = world.store.get("payment_method", charge["payment_method"])
    card = test_card(world, method)
    if card and card.after == "refund:fails":
        fail_refund(world, made)
    elif made["status"] == "pending":
        world.change(made, "refund.updated", status="succeeded")


def fail_refund(world: World, made: Json, reason: str = "expired_or_canceled_card") -> Json:
    """The bank sent it back: the money is ours again, the customer has not got it."""
    if made["status"] in ("failed", "canceled"):
        raise InvalidRequest(f"The refund is {made['status']} already.")
    charge = world.store.get("charge", made["charge"])
    back = book(world, made, "refund_failure", "refund_failure", made["amount"])
    changed = world.change(
        made, status="failed", failure_reason=reason, failure_balance_transaction=back["id"]
    )
    world.change(charge, amount_refunded=charge["amount_refunded"] - made["amount"], refunded=False)
    world.emit("refund.updated", made, changed)
    world.emit("refund.failed", made)
    return made


def credit_note(world: World, params: Json) -> Json:
    """Take (part of) an invoice back: with a refund, as credit for the customer, or outside of Stripe."""
    invoice = world.store.get("invoice", params["invoice"], "invoice")
    amounts = {
        key: int(params.get(key) or 0) for key in ("refund_amount", "credit_amount", "out_of_band_amount")
    }
    amount = int(params.get("amount") or sum(amounts.values()))
    noted = invoice["pre_payment_credit_notes_amount"] + invoice["post_payment_credit_notes_amount"]
    if not 0 < amount <= invoice["total"] - noted:
        raise InvalidRequest(
            "The credit note's amount must be within what is left of the invoice.", param="amount"
        )
    paid = invoice["status"] == "paid"
    refunds = _refund_for(world, invoice, amounts["refund_amount"], params) if paid else []
    note = world.make(
        "credit_note",
        "cn",
        amount=amount,
        subtotal=amount,
        subtotal_excluding_tax=amount,
        total=amount,
        total_excluding_tax=amount,
        currency=invoice["currency"],
        customer=invoice["customer"],
        invoice=invoice["id"],
        lines=page([], ""),
        memo=params.get("memo"),
        metadata=params.get("metadata") or {},
        reason=params.get("reason"),
        number=f"{invoice['number']}-CN-{len(world.store.rows('credit_note', invoice=invoice['id'])) + 1:02d}",
        out_of_band_amount=amounts["out_of_band_amount"] or None,
        post_payment_amount=amount if paid else 0,
        pre_payment_amount=0 if paid else amount,
        refunds=refunds,
        status="issued",
        type="post_payment" if paid else "pre_payment",
    )
    note["lines"]["url"] = f"/v1/credit_notes/{note['id']}/lines"
    note["pdf"] = f"{world.settings.base_url}/credit_notes/{note['id']}/pdf"
    _take_off(world, invoice, amount, paid=paid, credit=amounts["credit_amount"])
    world.emit("credit_note.created", note)
    return note


def _refund_for(world: World, invoice: Json, amount: int, params: Json) -> list[Json]:
    if not amount:
        return []
    payment = next(iter(world.store.rows("invoice_payment", invoice=invoice["id"], status="paid")), None)
    if payment is None:
        raise InvalidRequest("The invoice has no payment to refund.", param="refund_amount")
    intent = payment["payment"]["payment_intent"]
    made = refund(world, {"payment_intent": intent, "amount": amount, "metadata": params.get("metadata")})
    return [
        {"amount_refunded": amount, "payment_record_refund": None, "refund": made["id"], "type": "refund"}
    ]


def _take_off(world: World, invoice: Json, amount: int, *, paid: bool, credit: int) -> None:
    if paid:
        invoice["post_payment_credit_notes_amount"] += amount
        customer = world.store.get("customer", invoice["customer"])
        if credit:
            world.change(customer, "customer.updated", balance=(customer["balance"] or 0) - credit)
    else:
        invoice["pre_payment_credit_notes_amount"] += amount
        invoice["amount_due"] -= amount
        invoice["amount_remaining"] -= amount
    world.emit("invoice.updated", invoice, {})
