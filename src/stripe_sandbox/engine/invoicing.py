"""Invoices: drafted with lines, added up, finalized, paid, voided or given up."""

from stripe_sandbox.engine import discounts
from stripe_sandbox.engine.intents import cancel_intent, make_intent
from stripe_sandbox.engine.standing import invoice_paid
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, page, part
from stripe_sandbox.world import World

DAY = 86_400
REASONS = {"subscription_create": "Subscription creation", "subscription_update": "Subscription update"}


def draft(
    world: World, customer: Json, subscription: Json | None, reason: str, lines: list[Json], **more: object
) -> Json:
    """A draft invoice with these lines; tells invoice.created."""
    invoice = unsaved(world, customer, subscription, reason, lines) | more
    invoice["id"] = world.new_id("in")
    for row in lines:
        row["invoice"] = invoice["id"]
    invoice["lines"]["url"] = f"/v1/invoices/{invoice['id']}/lines"
    world.store.add(invoice)
    if subscription is not None:
        subscription["latest_invoice"] = invoice["id"]
    world.emit("invoice.created", invoice)
    return invoice


def unsaved(world: World, customer: Json, subscription: Json | None, reason: str, lines: list[Json]) -> Json:
    """The invoice that would be, as previews and announcements show it."""
    now = world.now(customer["id"])
    invoice = world.make("invoice", "upcoming_in", customer=customer["id"])
    world.store.remove("invoice", invoice["id"])
    invoice |= {
        "account_country": "BR",
        "account_name": "Stripe in a box",
        "auto_advance": True,
        "billing_reason": reason,
        "collection_method": subscription["collection_method"] if subscription else "charge_automatically",
        "currency": lines[0]["currency"] if lines else customer["currency"] or "brl",
        "customer_address": customer["address"],
        "customer_email": customer["email"],
        "customer_name": customer["name"],
        "customer_phone": customer["phone"],
        "customer_tax_exempt": customer["tax_exempt"],
        "customer_tax_ids": [
            {"type": row["type"], "value": row["value"]}
            for row in world.store.rows("tax_id", customer=customer["id"])
        ],
        "issuer": {"type": "self"},
        "lines": page(lines, "/v1/invoices/upcoming/lines"),
        "metadata": {},
        "parent": parent_of(subscription),
        "period_start": min((row["period"]["start"] for row in lines), default=now),
        "period_end": max((row["period"]["end"] for row in lines), default=now),
        "status": "draft",
        "test_clock": customer["test_clock"],
        "payment_settings": {
            "default_mandate": None,
            "payment_method_options": None,
            "payment_method_types": None,
        },
    }
    invoice["issuer"] = {"account": None, "type": "self"}
    add_up(world, invoice, subscription)
    return invoice


def parent_of(subscription: Json | None) -> Json | None:
    if subscription is None:
        return None
    details = {
        "metadata": dict(subscription["metadata"]),
        "subscription": subscription["id"],
        "subscription_proration_date": None,
    }
    return {"type": "subscription_details", "quote_details": None, "subscription_details": details}


def add_up(world: World, invoice: Json, subscription: Json | None) -> None:
    """Discounts, totals, and the customer's balance, from the lines."""
    lines, customer = invoice["lines"]["data"], world.store.get("customer", invoice["customer"])
    taken: dict[str, int] = {}
    for discount in discounts.active(world, customer["id"], subscription):
        taken[discount["id"]] = _discount_lines(world, discount, lines)
    subtotal = sum(row["amount"] for row in lines)
    total = subtotal - sum(taken.values())
    balance = customer["balance"] or 0
    due = max(0, total + balance)
    invoice |= {
        "discounts": list(taken),
        "total_discount_amounts": [{"amount": amount, "discount": key} for key, amount in taken.items()],
        "subtotal": subtotal,
        "subtotal_excluding_tax": subtotal,
        "total": total,
        "total_excluding_tax": total,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "starting_balance": balance,
        "amount_due": due,
        "amount_remaining": due,
    }


def _discount_lines(world: World, discount: Json, lines: list[Json]) -> int:
    """Spread a discount over the lines; returns the cents taken off in all."""
    discountable = [row for row in lines if row["discountable"]]
    whole = sum(row["amount"] for row in discountable)
    rest = discounts.taken_off(world, discount, whole)
    total = rest
    for n, row in enumerate(discountable):
        last = n == len(discountable) - 1
        amount = rest if last else min(rest, total * row["amount"] // whole if whole > 0 else 0)
        row["discount_amounts"] = [{"amount": amount, "discount": discount["id"]}]
        row["discounts"] = [discount["id"]]
        rest -= amount
    return total if discountable else 0


def finalize(world: World, invoice: Json, intent: Json | None = None) -> Json:
    """Number it and open it; an invoice of nothing is paid at once. Raises InvalidRequest unless it is a draft.

    `intent` is given when the money was asked for before, at a checkout.
    """
    if invoice["status"] != "draft":
        raise InvalidRequest(
            "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
            code="invoice_not_editable",
        )
    customer = world.store.get("customer", invoice["customer"])
    now = world.now(customer["id"])
    invoice |= {
        "status": "open",
        "number": _next_number(customer),
        "effective_at": now,
        "ending_balance": _use_balance(customer, invoice),
        "status_transitions": {**invoice["status_transitions"], "finalized_at": now},
        "automatically_finalizes_at": None,
    }
    _publish(world, invoice, now)
    discounts.use_up(world, invoice["discounts"])
    world.emit("invoice.finalized", invoice)
    if invoice["amount_due"] == 0:
        mark_paid(world, invoice, None)
    else:
        open_payment(world, invoice, intent)
    return invoice


def _publish(world: World, invoice: Json, now: int) -> None:
    """The pages a person can see it on, and when it is due."""
    secret = world.ids.token(40)
    world.store.note(invoice["id"])["secret"] = secret
    address = f"{world.settings.base_url}/i/{invoice['id']}/{secret}"
    invoice |= {"hosted_invoice_url": address, "invoice_pdf": f"{address}/pdf"}
    if invoice["collection_method"] == "send_invoice" and invoice["due_date"] is None:
        invoice["due_date"] = now + int(world.store.note(invoice["id"]).get("days_until_due", 30)) * DAY


def _next_number(customer: Json) -> str:
    sequence = customer["next_invoice_sequence"] or 1
    customer["next_invoice_sequence"] = sequence + 1
    return f"{customer['invoice_prefix']}-{sequence:04d}"


def _use_balance(customer: Json, invoice: Json) -> int:
    """Credit of the customer pays first, a negative invoice becomes credit; returns the balance after."""
    customer["balance"] = min(0, invoice["total"] + invoice["starting_balance"])
    return int(customer["balance"])


def open_payment(world: World, invoice: Json, intent: Json | None = None) -> Json:
    """The intent that is to pay (or has paid) the invoice, tied to it by an invoice payment."""
    intent = intent or _new_intent(world, invoice)
    world.make(
        "invoice_payment",
        "inpay",
        created=world.now(invoice["customer"]),
        amount_requested=invoice["amount_due"],
        currency=invoice["currency"],
        invoice=invoice["id"],
        is_default=True,
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
        status="open",
    )
    return intent


def _new_intent(world: World, invoice: Json) -> Json:
    intent = make_intent(
        world,
        invoice["amount_due"],
        invoice["currency"],
        invoice["customer"],
        description=REASONS.get(str(invoice["billing_reason"]), "Subscription update")
        if invoice["parent"]
        else f"Payment for Invoice {invoice['number']}",
    )
    options = part(invoice["payment_settings"]).get("payment_method_options")
    intent["payment_method_options"] = options or {}
    return intent


def payment_of(world: World, invoice: Json) -> Json | None:
    """Its invoice payment, when it was finalized with something to pay."""
    return next(iter(world.store.rows("invoice_payment", invoice=invoice["id"])), None)


def intent_of(world: World, invoice: Json) -> Json | None:
    payment = payment_of(world, invoice)
    return world.store.get("payment_intent", payment["payment"]["payment_intent"]) if payment else None


def invoice_of(world: World, intent: Json) -> Json | None:
    """The invoice an intent pays, or None for one that stands alone."""
    for payment in world.store.rows("invoice_payment"):
        if payment["payment"].get("payment_intent") == intent["id"]:
            return world.store.get("invoice", payment["invoice"])
    return None


def mark_paid(world: World, invoice: Json, intent: Json | None, *, out_of_band: bool = False) -> None:
    """The invoice is settled; every event that says so, and what it means for the subscription."""
    now, payment = world.now(invoice["customer"]), payment_of(world, invoice)
    paid = invoice["amount_due"]
    world.change(
        invoice,
        "invoice.updated",
        status="paid",
        attempted=True,
        amount_paid=0 if out_of_band else paid,
        amount_paid_off_stripe=paid if out_of_band else 0,
        amount_remaining=0,
        next_payment_attempt=None,
        status_transitions={**invoice["status_transitions"], "paid_at": now},
    )
    if payment and intent:
        payment |= {"status": "paid", "amount_paid": intent["amount_received"]}
        payment["status_transitions"] = {"canceled_at": None, "paid_at": now}
        world.emit("invoice_payment.paid", payment)
    elif payment:
        _cancel_payment(world, invoice)
    world.emit("invoice.paid", invoice)
    world.emit("invoice.payment_succeeded", invoice)
    invoice_paid(world, invoice)


def _cancel_payment(world: World, invoice: Json) -> None:
    payment, intent = payment_of(world, invoice), intent_of(world, invoice)
    if payment and intent and payment["status"] == "open":
        payment["status"] = "canceled"
        payment["status_transitions"] = {"canceled_at": world.now(invoice["customer"]), "paid_at": None}
        cancel_intent(world, intent, "void_invoice")


def void(world: World, invoice: Json) -> Json:
    """Forgive it for good. Raises InvalidRequest unless it is open or uncollectible."""
    _only(invoice, ("open", "uncollectible"), "void")
    _cancel_payment(world, invoice)
    _close(world, invoice, "void", "voided_at", "invoice.voided")
    return invoice


def give_up(world: World, invoice: Json, reason: str = "user_forgiven") -> Json:
    """Mark it uncollectible: it may still be paid. Raises InvalidRequest unless it is open."""
    _only(invoice, ("open",), "mark uncollectible")
    details = {"uncollectible": {"reason": reason}}
    _close(
        world, invoice, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible", details
    )
    return invoice


def _close(
    world: World, invoice: Json, status: str, stamp: str, event: str, details: Json | None = None
) -> None:
    now = world.now(invoice["customer"])
    world.change(
        invoice,
        "invoice.updated",
        status=status,
        status_details=details,
        next_payment_attempt=None,
        status_transitions={**invoice["status_transitions"], stamp: now},
    )
    world.emit(event, invoice)


def _only(invoice: Json, statuses: tuple[str, ...], what: str) -> None:
    if invoice["status"] not in statuses:
        raise InvalidRequest(
            f"You can only {what} an invoice that is {' or '.join(statuses)}. This one is {invoice['status']}.",
            code="invoice_not_editable",
        )
