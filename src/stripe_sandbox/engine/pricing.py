"""What a checkout session offers: its lines, priced."""

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank
from stripe_sandbox.world import World


def make_price(world: World, params: Json) -> Json:
    """A price from API parameters; tells price.created."""
    amount = params.get("unit_amount")
    if amount is None:
        amount = int(float(params.get("unit_amount_decimal") or -1))
    if amount < 0:
        raise InvalidRequest(
            "Missing required param: unit_amount.", code="parameter_missing", param="unit_amount"
        )
    recurring = params.get("recurring")
    price = world.make(
        "price",
        "price",
        active=params.get("active", True),
        currency=params["currency"].lower(),
        product=params["product"],
        unit_amount=amount,
        unit_amount_decimal=str(amount),
        lookup_key=params.get("lookup_key"),
        nickname=params.get("nickname"),
        metadata=params.get("metadata") or {},
        tax_behavior=params.get("tax_behavior", "unspecified"),
        type="recurring" if recurring else "one_time",
        recurring=_recurring(recurring) if recurring else None,
    )
    world.emit("price.created", price)
    return price


def _recurring(given: Json) -> Json:
    return {
        "interval": given["interval"],
        "interval_count": given.get("interval_count", 1),
        "meter": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }


def make_product(world: World, params: Json) -> Json:
    """A product from API parameters; tells product.created."""
    product = world.make(
        "product",
        "prod",
        name=params["name"],
        active=params.get("active", True),
        description=params.get("description"),
        images=params.get("images") or [],
        marketing_features=params.get("marketing_features") or [],
        metadata=params.get("metadata") or {},
        statement_descriptor=params.get("statement_descriptor"),
        tax_code=params.get("tax_code"),
        unit_label=params.get("unit_label"),
        url=params.get("url"),
        type="service",
        updated=world.now(),
    )
    if params.get("id"):
        world.store.remove("product", product["id"])
        product["id"] = params["id"]
        world.store.add(product)
    world.emit("product.created", product)
    return product


def session_lines(world: World, entries: list[Json]) -> list[Json]:
    """Line items of a checkout session; raises InvalidRequest for an unknown or inactive price."""
    return [_session_line(world, entry, n) for n, entry in enumerate(entries)]


def _session_line(world: World, entry: Json, number: int) -> Json:
    param = f"line_items[{number}][price]"
    price = _price_of(world, entry, param)
    quantity = entry.get("quantity", 1)
    product = world.store.get("product", price["product"])
    amount = price["unit_amount"] * quantity
    return blank("item") | {
        "id": world.new_id("li"),
        "amount_subtotal": amount,
        "amount_total": amount,
        "currency": price["currency"],
        "description": product["name"],
        "price": price,
        "quantity": quantity,
    }


def _price_of(world: World, entry: Json, param: str) -> Json:
    given = entry.get("price_data")
    if given:
        product = given.get("product") or make_product(world, given["product_data"])["id"]
        return make_price(world, {**given, "product": product})
    price = world.store.get("price", entry.get("price"), param)
    if not price["active"]:
        raise InvalidRequest(
            "The price specified is inactive. This field only accepts active prices.", param=param
        )
    return price
