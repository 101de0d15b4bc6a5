"""How a subscription stands: what paid and unpaid invoices make of its status."""

from stripe_sandbox.engine.items import apply_pending_update
from stripe_sandbox.shapes import Json, part
from stripe_sandbox.world import World

OVER = ("canceled", "incomplete_expired")


def subscription_of(world: World, invoice: Json) -> Json | None:
    details = part(part(invoice["parent"]).get("subscription_details"))
    return world.store.find("subscription", details.get("subscription"))


def set_status(world: World, subscription: Json, status: str, **more: object) -> None:
    world.change(subscription, "customer.subscription.updated", status=status, **more)


def invoice_paid(world: World, invoice: Json) -> None:
    """A payment makes a waiting or late subscription active, unless a newer invoice is still open."""
    customer = world.store.get("customer", invoice["customer"])
    subscription = subscription_of(world, invoice)
    if subscription is None or subscription["status"] in OVER:
        return
    apply_pending_update(world, subscription)
    late = subscription["status"] in ("incomplete", "past_due", "unpaid")
    if late and (subscription["latest_invoice"] == invoice["id"] or not unpaid(world, subscription)):
        set_status(world, subscription, "active")
        world.change(customer, "customer.updated", delinquent=False)


def unpaid(world: World, subscription: Json) -> list[Json]:
    """Its open invoices, oldest first."""
    return [
        row
        for row in world.store.rows("invoice", status="open")
        if part(part(row["parent"]).get("subscription_details")).get("subscription") == subscription["id"]
    ]


def invoice_failed(world: World, invoice: Json) -> None:
    """A renewal that was not paid makes an active subscription late."""
    subscription = subscription_of(world, invoice)
    if subscription is None or subscription["status"] not in ("active", "trialing"):
        return
    if world.store.note(subscription["id"]).get("waiting_update") is not None:
        return
    set_status(world, subscription, "past_due")
    customer = world.store.get("customer", invoice["customer"])
    world.change(customer, "customer.updated", delinquent=True)
