"""Invoices, the items waiting for them, and their payments."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, deleted, lists, merged_metadata, reads
from stripe_sandbox.engine import collecting, invoicing
from stripe_sandbox.engine.cards import APPROVE, AUTHENTICATE, VOUCHER
from stripe_sandbox.engine.intents import declined_error
from stripe_sandbox.engine.lines import pending_entries, pricing, single_line, taken_up
from stripe_sandbox.engine.methods import find_method
from stripe_sandbox.engine.previewing import preview
from stripe_sandbox.engine.subscribing import plan_finalization
from stripe_sandbox.errors import CardDeclined, InvalidRequest
from stripe_sandbox.shapes import Json, part, rendered

EDITABLE = (
    "auto_advance",
    "collection_method",
    "default_payment_method",
    "description",
    "due_date",
    "footer",
)


def create(call: Call) -> Json:
    world, params = call.world, call.params
    customer = world.find_customer(params.get("customer"))
    subscription = None
    if params.get("subscription"):
        subscription = world.store.get("subscription", params["subscription"], "subscription")
    entries = pending_entries(world, customer["id"], subscription)
    if (
        params.get("pending_invoice_items_behavior", "exclude" if not subscription else "include")
        == "exclude"
    ):
        entries = []
    rows = [single_line(world, entry) for entry in entries]
    invoice = invoicing.draft(
        world, customer, subscription, "manual", rows, auto_advance=params.get("auto_advance", False)
    )
    taken_up(entries, invoice)
    invoice |= {key: params[key] for key in EDITABLE if key in params}
    invoice["metadata"] = params.get("metadata") or {}
    world.store.note(invoice["id"])["days_until_due"] = params.get("days_until_due") or 30
    if invoice["auto_advance"]:
        plan_finalization(world, invoice)
    return invoice


def list_invoices(call: Call) -> Json:
    rows = call.world.store.rows("invoice", **call.wanted("customer", "status", "collection_method"))
    wanted = call.params.get("subscription")
    return call.page([row for row in rows if not wanted or _subscription_id(row) == wanted])


def _subscription_id(invoice: Json) -> str | None:
    return part(part(invoice["parent"]).get("subscription_details")).get("subscription")


def update(call: Call) -> Json:
    invoice = call.world.store.get("invoice", call.id)
    changes = {key: call.params[key] for key in EDITABLE if key in call.params}
    call.world.change(invoice, "invoice.updated", **changes, **merged_metadata(invoice, call.params))
    return invoice


def delete(call: Call) -> Json:
    invoice = call.world.store.get("invoice", call.id)
    if invoice["status"] != "draft":
        raise InvalidRequest("You can only delete draft invoices.", code="invoice_not_editable")
    call.world.store.remove("invoice", invoice["id"])
    call.world.emit("invoice.deleted", invoice)
    return deleted(invoice)


def finalize(call: Call) -> Json:
    return invoicing.finalize(call.world, call.world.store.get("invoice", call.id))


def pay(call: Call) -> Json:
    """Raises CardDeclined, and InvalidRequest where the person must act (3-D Secure) or nothing can be paid."""
    world, params = call.world, call.params
    invoice = world.store.get("invoice", call.id)
    if invoice["status"] == "draft":
        invoicing.finalize(world, invoice)
        if invoice["status"] == "paid":
            return invoice
    collecting.check_payable(invoice)
    if params.get("paid_out_of_band"):
        invoicing.mark_paid(world, invoice, None, out_of_band=True)
        return invoice
    method = find_method(world, params["payment_method"]) if params.get("payment_method") else None
    present = not params.get("off_session", True)
    outcome = collecting.collect(world, invoice, method, present=present, automatic=False)
    if outcome not in (APPROVE, VOUCHER):
        raise _refusal(call, invoice, outcome)
    return invoice


def _refusal(call: Call, invoice: Json, outcome: str) -> Exception:
    intent = invoicing.intent_of(call.world, invoice)
    if outcome == AUTHENTICATE and intent is not None:
        return CardDeclined(
            "This payment requires additional user action before it can be completed successfully.",
            code="invoice_payment_intent_requires_action",
            payment_intent=rendered(intent),
        )
    if outcome == collecting.NO_METHOD or intent is None:
        return InvalidRequest(
            "There is no `default_payment_method` set on this Customer or Invoice. Please set it, or pass "
            "`payment_method`.",
            code="resource_missing",
        )
    return declined_error(intent)


def void(call: Call) -> Json:
    return invoicing.void(call.world, call.world.store.get("invoice", call.id))


def mark_uncollectible(call: Call) -> Json:
    return invoicing.give_up(call.world, call.world.store.get("invoice", call.id))


def send(call: Call) -> Json:
    invoice = call.world.store.get("invoice", call.id)
    if invoice["status"] == "draft":
        invoicing.finalize(call.world, invoice)
    call.world.emit("invoice.sent", invoice)
    return invoice


def create_preview(call: Call) -> Json:
    return preview(call.world, call.params)


def list_lines(call: Call) -> Json:
    return call.page(call.world.store.get("invoice", call.id)["lines"]["data"][::-1])


def create_item(call: Call) -> Json:
    world, params = call.world, call.params
    customer = world.find_customer(params.get("customer"))
    price_id = part(params.get("pricing")).get("price")
    price = world.store.get("price", price_id, "pricing[price]") if price_id else None
    quantity = params.get("quantity", 1)
    amount = params.get("amount")
    if amount is None and price is None:
        raise InvalidRequest("Missing required param: amount.", code="parameter_missing", param="amount")
    now = world.now(customer["id"])
    wanted = params.get("subscription")
    entry = world.make(
        "invoiceitem",
        "ii",
        amount=amount if price is None else price["unit_amount"] * quantity,
        currency=params.get("currency") or (price["currency"] if price else "brl"),
        customer=customer["id"],
        date=now,
        description=params.get("description"),
        discountable=params.get("discountable", True),
        discounts=[],
        metadata=params.get("metadata") or {},
        parent=_item_parent(wanted),
        period={"start": now, "end": now},
        pricing=pricing(price) if price else None,
        quantity=quantity,
        quantity_decimal=str(quantity),
    )
    entry["net_amount"] = entry["amount"]
    world.emit("invoiceitem.created", entry)
    if params.get("invoice"):
        _onto_draft(call, entry)
    return entry


def _item_parent(subscription: str | None) -> Json | None:
    if not subscription:
        return None
    details = {"subscription": subscription, "subscription_item": None}
    return {"type": "subscription_details", "subscription_details": details}


def _onto_draft(call: Call, entry: Json) -> None:
    invoice = call.world.store.get("invoice", call.params["invoice"], "invoice")
    if invoice["status"] != "draft":
        raise InvalidRequest(
            "This invoice is no longer editable", code="invoice_not_editable", param="invoice"
        )
    line = {**single_line(call.world, entry), "invoice": invoice["id"]}
    invoice["lines"]["data"].append(line)
    invoice["currency"], entry["invoice"] = entry["currency"], invoice["id"]
    invoicing.add_up(call.world, invoice, None)
    call.world.emit("invoice.updated", invoice, {"lines": {}})


def delete_item(call: Call) -> Json:
    entry = call.world.store.get("invoiceitem", call.id)
    if entry["invoice"]:
        raise InvalidRequest("This invoice item is attached to an invoice.", param="id")
    call.world.store.remove("invoiceitem", entry["id"])
    call.world.emit("invoiceitem.deleted", entry)
    return deleted(entry)


def list_payments(call: Call) -> Json:
    rows = call.world.store.rows("invoice_payment", **call.wanted("invoice", "status"))
    wanted = part(call.params.get("payment")).get("payment_intent")
    return call.page([row for row in rows if not wanted or row["payment"].get("payment_intent") == wanted])


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/invoices": create,
    "GET /v1/invoices": list_invoices,
    "POST /v1/invoices/create_preview": create_preview,
    "GET /v1/invoices/{}": reads("invoice"),
    "POST /v1/invoices/{}": update,
    "DELETE /v1/invoices/{}": delete,
    "POST /v1/invoices/{}/finalize": finalize,
    "POST /v1/invoices/{}/pay": pay,
    "POST /v1/invoices/{}/void": void,
    "POST /v1/invoices/{}/mark_uncollectible": mark_uncollectible,
    "POST /v1/invoices/{}/send": send,
    "GET /v1/invoices/{}/lines": list_lines,
    "POST /v1/invoiceitems": create_item,
    "GET /v1/invoiceitems": lists("invoiceitem", "customer", "invoice"),
    "GET /v1/invoiceitems/{}": reads("invoiceitem"),
    "DELETE /v1/invoiceitems/{}": delete_item,
    "GET /v1/invoice_payments": list_payments,
    "GET /v1/invoice_payments/{}": reads("invoice_payment"),
}
