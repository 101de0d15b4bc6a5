"""Coupons at work: who has which discount, what it takes off, and when it is used up."""

from stripe_sandbox.engine.periods import share, step
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World


def find_coupon(world: World, wanted: Json, customer: str | None = None) -> tuple[Json, Json | None]:
    """(coupon, promotion code or None) of `{"coupon": id}` or `{"promotion_code": id}`; raises InvalidRequest."""
    promotion = None
    if wanted.get("promotion_code"):
        promotion = world.store.get("promotion_code", wanted["promotion_code"], "promotion_code")
        _check_promotion(world, promotion, customer)
        coupon = world.store.get("coupon", promotion["promotion"]["coupon"])
    else:
        coupon = world.store.get("coupon", wanted.get("coupon"), "coupon")
    late = coupon["redeem_by"] is not None and int(coupon["redeem_by"]) <= world.now(customer)
    if late or not coupon["valid"]:
        raise InvalidRequest(f"Coupon expired: {coupon['id']}", code="coupon_expired", param="coupon")
    return coupon, promotion


def _check_promotion(world: World, promotion: Json, customer: str | None) -> None:
    expired = promotion["expires_at"] is not None and promotion["expires_at"] <= world.now(customer)
    foreign = promotion["customer"] not in (None, customer)
    if not promotion["active"] or expired or foreign or _came_too_late(world, promotion, customer):
        raise InvalidRequest(
            "This promotion code cannot be redeemed.", code="promotion_code_expired", param="promotion_code"
        )


def _came_too_late(world: World, promotion: Json, customer: str | None) -> bool:
    """A code for first purchases is not for who has paid before."""
    if not promotion["restrictions"]["first_time_transaction"]:
        return False
    return any(row["amount_paid"] for row in world.store.rows("invoice", customer=customer))


def give(
    world: World, wanted: Json, customer: str, subscription: Json | None = None, session: str | None = None
) -> Json:
    """Redeem a coupon for a customer or one subscription; tells customer.discount.created."""
    coupon, promotion = find_coupon(world, wanted, customer)
    now = world.now(customer)
    months = coupon["duration_in_months"]
    discount = world.make(
        "discount",
        "di",
        source={"type": "coupon", "coupon": coupon["id"]},
        customer=customer,
        subscription=subscription["id"] if subscription else None,
        promotion_code=promotion["id"] if promotion else None,
        checkout_session=session,
        start=now,
        end=step(now, "month", months) if months else None,
    )
    _count(world, coupon, promotion)
    world.emit("customer.discount.created", discount)
    return discount


def _count(world: World, coupon: Json, promotion: Json | None) -> None:
    used = coupon["times_redeemed"] + 1
    spent = coupon["max_redemptions"] is not None and used >= coupon["max_redemptions"]
    world.change(coupon, "coupon.updated", times_redeemed=used, valid=coupon["valid"] and not spent)
    if promotion:
        used = promotion["times_redeemed"] + 1
        spent = promotion["max_redemptions"] is not None and used >= promotion["max_redemptions"]
        world.change(
            promotion, "promotion_code.updated", times_redeemed=used, active=promotion["active"] and not spent
        )


def remove(world: World, discount: Json) -> None:
    """Take a discount away from whoever has it."""
    for subscription in world.store.rows("subscription", customer=discount["customer"]):
        if discount["id"] in subscription["discounts"]:
            subscription["discounts"] = [one for one in subscription["discounts"] if one != discount["id"]]
    world.emit("customer.discount.deleted", discount)
    world.store.note(discount["id"])["removed"] = True


def active(world: World, customer: str, subscription: Json | None) -> list[Json]:
    """The discounts an invoice made now gets: those of its subscription that are not over."""
    found = [world.store.get("discount", one) for one in subscription["discounts"]] if subscription else []
    now = world.now(customer)
    return [one for one in found if one["end"] is None or one["end"] > now]


def taken_off(world: World, discount: Json, amount: int) -> int:
    """Cents a discount takes off `amount`."""
    coupon = world.store.get("coupon", discount["source"]["coupon"])
    if amount <= 0:
        return 0
    if coupon["percent_off"] is not None:
        return share(amount, round(coupon["percent_off"] * 100), 10_000)
    return min(amount, int(coupon["amount_off"] or 0))


def use_up(world: World, discounts: list[str]) -> None:
    """An invoice was finalized with these; those for once are over."""
    for discount_id in discounts:
        discount = world.store.get("discount", discount_id)
        coupon = world.store.get("coupon", discount["source"]["coupon"])
        if coupon["duration"] == "once" and not world.store.note(discount_id).get("removed"):
            remove(world, discount)
