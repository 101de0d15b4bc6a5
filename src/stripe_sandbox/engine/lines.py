"""Invoice lines: a period of an item, a share of one, or a single amount."""

from stripe_sandbox.engine.items import period_of
from stripe_sandbox.engine.periods import share
from stripe_sandbox.shapes import Json, blank
from stripe_sandbox.world import World


def item_line(world: World, subscription: Json, item: Json, period: tuple[int, int], amount: int) -> Json:
    """A whole period of an item, or a trial when the amount is nothing."""
    name = world.store.get("product", item["price"]["product"])["name"]
    words = f"{item['quantity']} \u00d7 {name}" if amount else f"Trial period for {name}"
    line = _line(world, item["price"], period, amount, words, item["quantity"])
    line["parent"] = _of_item(subscription, item, proration=False)
    line["subscription"] = subscription["id"]
    return line


def whole_period(world: World, subscription: Json, *, free: bool = False) -> list[Json]:
    """What the current period of every item costs."""
    period = period_of(subscription)
    return [
        item_line(world, subscription, item, period, 0 if free else price_for(item))
        for item in subscription["items"]["data"]
    ]


def price_for(item: Json) -> int:
    return int(item["price"]["unit_amount"]) * int(item["quantity"])


def proration(world: World, subscription: Json, item: Json, moment: int, *, credit: bool) -> Json:
    """The rest of the current period from `moment`: what an item still costs, or what comes back for it."""
    start, end = item["current_period_start"], item["current_period_end"]
    amount = share(price_for(item), end - moment, end - start)
    name = world.store.get("product", item["price"]["product"])["name"]
    words = f"Unused time on {name}" if credit else f"Remaining time on {name}"
    line = _line(world, item["price"], (moment, end), -amount if credit else amount, words, item["quantity"])
    line["parent"] = _of_item(subscription, item, proration=True)
    line |= {"subscription": subscription["id"], "discountable": False}
    return line


def single_line(world: World, entry: Json) -> Json:
    """A line for an invoice item."""
    price = world.store.find("price", ((entry["pricing"] or {}).get("price_details") or {}).get("price"))
    period = (entry["period"]["start"], entry["period"]["end"])
    line = _line(world, price, period, entry["amount"], str(entry["description"] or ""), entry["quantity"])
    line["currency"] = entry["currency"]
    subscription = ((entry["parent"] or {}).get("subscription_details") or {}).get("subscription")
    details = {
        "invoice_item": entry["id"],
        "proration": entry["proration"],
        "proration_details": {"credited_items": None},
        "subscription": subscription,
    }
    line["parent"] = {
        "type": "invoice_item_details",
        "invoice_item_details": details,
        "subscription_item_details": None,
    }
    line |= {"subscription": subscription, "discountable": entry["discountable"]}
    return line


def _line(
    world: World, price: Json | None, period: tuple[int, int], amount: int, words: str, quantity: int
) -> Json:
    line = blank("line_item")
    return line | {
        "id": world.new_id("il"),
        "amount": amount,
        "subtotal": amount,
        "currency": price["currency"] if price else "brl",
        "description": words,
        "discountable": True,
        "discount_amounts": [],
        "period": {"start": period[0], "end": period[1]},
        "pretax_credit_amounts": [],
        "pricing": pricing(price) if price else None,
        "quantity": quantity,
        "quantity_decimal": str(quantity),
        "taxes": [],
    }


def pricing(price: Json) -> Json:
    return {
        "type": "price_details",
        "price_details": {"price": price["id"], "product": price["product"]},
        "unit_amount_decimal": price["unit_amount_decimal"],
    }


def _of_item(subscription: Json, item: Json, *, proration: bool) -> Json:
    details = {
        "invoice_item": None,
        "proration": proration,
        "proration_details": {"credited_items": None},
        "subscription": subscription["id"],
        "subscription_item": item["id"],
    }
    return {
        "type": "subscription_item_details",
        "invoice_item_details": None,
        "subscription_item_details": details,
    }


def pending_entries(world: World, customer: str, subscription: Json | None) -> list[Json]:
    """Invoice items waiting for the customer's (or this subscription's) next invoice."""
    waiting = world.store.rows("invoiceitem", customer=customer, invoice=None)
    wanted = subscription["id"] if subscription else None
    return [
        row
        for row in waiting
        if ((row["parent"] or {}).get("subscription_details") or {}).get("subscription") in (None, wanted)
    ]


def keep_for_later(world: World, subscription: Json, line: Json) -> Json:
    """A proration line as an invoice item, to be on the next invoice."""
    details = {"subscription": subscription["id"], "subscription_item": None}
    entry = world.make(
        "invoiceitem",
        "ii",
        amount=line["amount"],
        net_amount=line["amount"],
        currency=line["currency"],
        customer=subscription["customer"],
        date=world.now(subscription["customer"]),
        description=line["description"],
        period=line["period"],
        pricing=line["pricing"],
        proration=True,
        quantity=line["quantity"],
        quantity_decimal=line["quantity_decimal"],
        parent={"type": "subscription_details", "subscription_details": details},
        metadata={},
        discounts=[],
    )
    world.emit("invoiceitem.created", entry)
    return entry


def taken_up(entries: list[Json], invoice: Json) -> None:
    """These invoice items are on an invoice now."""
    for entry in entries:
        entry["invoice"] = invoice["id"]
