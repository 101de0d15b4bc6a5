"""What a payment made later (boleto) means for the checkout session it came from."""

from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World


def settle(world: World, intent: Json, invoice: Json | None, *, paid: bool) -> None:
    """Tell the session that waited for this intent, if there is one."""
    for session in world.store.rows("checkout.session", status="complete", payment_status="unpaid"):
        by_invoice = invoice is not None and session["invoice"] == invoice["id"]
        if by_invoice or session["payment_intent"] == intent["id"]:
            if paid:
                session["payment_status"] = "paid"
            kind = "succeeded" if paid else "failed"
            world.emit(f"checkout.session.async_payment_{kind}", session)
