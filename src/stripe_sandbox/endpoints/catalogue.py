"""Products, prices, coupons and promotion codes."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, deleted, lists, merged_metadata, reads, updates
from stripe_sandbox.engine.pricing import make_price, make_product
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

PRODUCT_FIELDS = ("active", "description", "images", "marketing_features", "name", "statement_descriptor", "tax_code",
                  "unit_label", "url", "default_price")  # fmt: skip


def create_product(call: Call) -> Json:
    product = make_product(call.world, call.params)
    if call.params.get("default_price_data"):
        price = make_price(call.world, {**call.params["default_price_data"], "product": product["id"]})
        product["default_price"] = price["id"]
    return product


def list_products(call: Call) -> Json:
    rows = call.world.store.rows("product", **call.wanted("active", "type", "url"))
    ids = call.params.get("ids")
    return call.page([row for row in rows if not ids or row["id"] in ids])


def delete_product(call: Call) -> Json:
    product = call.world.store.get("product", call.id)
    if call.world.store.rows("price", product=product["id"]):
        raise InvalidRequest("This product cannot be deleted because it has one or more user-created prices.")
    call.world.store.remove("product", product["id"])
    call.world.emit("product.deleted", product)
    return deleted(product)


def create_price(call: Call) -> Json:
    world, params = call.world, call.params
    if params.get("product_data"):
        params = {**params, "product": make_product(world, params["product_data"])["id"]}
    world.store.get("product", params.get("product"), "product")
    _claim_lookup_key(world, params)
    return make_price(world, params)


def _claim_lookup_key(world: World, params: Json) -> None:
    """A lookup key is on one price at a time; it moves only when asked to."""
    key = params.get("lookup_key")
    for holder in world.store.rows("price", lookup_key=key) if key else []:
        if not params.get("transfer_lookup_key"):
            raise InvalidRequest(
                f"A price (`{holder['id']}`) already uses that lookup key.",
                code="resource_already_exists",
                param="lookup_key",
            )
        world.change(holder, "price.updated", lookup_key=None)


def list_prices(call: Call) -> Json:
    rows = call.world.store.rows("price", **call.wanted("active", "currency", "product", "type"))
    keys, recurring = call.params.get("lookup_keys"), call.params.get("recurring") or {}
    interval = recurring.get("interval")
    return call.page(
        [
            row
            for row in rows
            if (not keys or row["lookup_key"] in keys)
            and (not interval or (row["recurring"] or {}).get("interval") == interval)
        ]
    )


def update_price(call: Call) -> Json:
    price = call.world.store.get("price", call.id)
    changes: Json = {
        key: call.params[key] for key in ("active", "nickname", "tax_behavior") if key in call.params
    }
    if "lookup_key" in call.params and call.params["lookup_key"] != price["lookup_key"]:
        _claim_lookup_key(call.world, call.params)
        changes["lookup_key"] = call.params["lookup_key"]
    call.world.change(price, "price.updated", **changes, **merged_metadata(price, call.params))
    return price


def create_coupon(call: Call) -> Json:
    world, params = call.world, call.params
    if ("percent_off" in params) == ("amount_off" in params):
        raise InvalidRequest("You must pass exactly one of percent_off or amount_off.", param="percent_off")
    if "amount_off" in params and not params.get("currency"):
        raise InvalidRequest("Missing required param: currency.", code="parameter_missing", param="currency")
    coupon_id = params.get("id") or world.ids.token(8)
    if world.store.find("coupon", coupon_id):
        raise InvalidRequest("Coupon already exists.", code="resource_already_exists", param="id")
    percent = params.get("percent_off")
    coupon = world.make(
        "coupon",
        "",
        id=coupon_id,
        amount_off=params.get("amount_off"),
        currency=params.get("currency"),
        duration=params.get("duration", "once"),
        duration_in_months=params.get("duration_in_months"),
        max_redemptions=params.get("max_redemptions"),
        metadata=params.get("metadata") or {},
        name=params.get("name"),
        percent_off=float(percent) if percent is not None else None,
        redeem_by=params.get("redeem_by"),
        valid=True,
    )
    world.emit("coupon.created", coupon)
    return coupon


def delete_coupon(call: Call) -> Json:
    coupon = call.world.store.get("coupon", call.id)
    call.world.store.remove("coupon", coupon["id"])
    call.world.emit("coupon.deleted", coupon)
    return deleted(coupon)


def create_promotion_code(call: Call) -> Json:
    world, params = call.world, call.params
    coupon = world.store.get("coupon", params["promotion"].get("coupon"), "promotion[coupon]")
    code = params.get("code") or world.ids.token(8).upper()
    if world.store.rows("promotion_code", code=code, active=True):
        raise InvalidRequest("An active promotion code with that code already exists.", param="code")
    restrictions = params.get("restrictions") or {}
    made = world.make(
        "promotion_code",
        "promo",
        active=params.get("active", True),
        code=code,
        customer=params.get("customer"),
        expires_at=params.get("expires_at"),
        max_redemptions=params.get("max_redemptions"),
        metadata=params.get("metadata") or {},
        promotion={"type": "coupon", "coupon": coupon["id"]},
        restrictions={
            "first_time_transaction": restrictions.get("first_time_transaction", False),
            "minimum_amount": restrictions.get("minimum_amount"),
            "minimum_amount_currency": restrictions.get("minimum_amount_currency"),
        },
    )
    world.emit("promotion_code.created", made)
    return made


def list_promotion_codes(call: Call) -> Json:
    rows = call.world.store.rows("promotion_code", **call.wanted("active", "code", "customer"))
    coupon = call.params.get("coupon")
    return call.page([row for row in rows if not coupon or row["promotion"]["coupon"] == coupon])


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/products": create_product,
    "GET /v1/products": list_products,
    "GET /v1/products/{}": reads("product"),
    "POST /v1/products/{}": updates("product", "product.updated", *PRODUCT_FIELDS),
    "DELETE /v1/products/{}": delete_product,
    "POST /v1/prices": create_price,
    "GET /v1/prices": list_prices,
    "GET /v1/prices/{}": reads("price"),
    "POST /v1/prices/{}": update_price,
    "POST /v1/coupons": create_coupon,
    "GET /v1/coupons": lists("coupon"),
    "GET /v1/coupons/{}": reads("coupon"),
    "POST /v1/coupons/{}": updates("coupon", "coupon.updated", "name"),
    "DELETE /v1/coupons/{}": delete_coupon,
    "POST /v1/promotion_codes": create_promotion_code,
    "GET /v1/promotion_codes": list_promotion_codes,
    "GET /v1/promotion_codes/{}": reads("promotion_code"),
    "POST /v1/promotion_codes/{}": updates("promotion_code", "promotion_code.updated", "active"),
}
