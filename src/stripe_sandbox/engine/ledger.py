"""The account's own money: one balance transaction for each charge, refund and dispute, with its fee."""

from stripe_sandbox.engine.periods import DAY, share
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World

CARD_FEE_BASIS_POINTS, CARD_FEE_FIXED = 399, 39  # 3.99 % and R$ 0.39
BOLETO_FEE = 345
DISPUTE_FEE = 5500
CLEARING_DAYS = {"card": 30, "boleto": 2}


def book(world: World, source: Json, kind: str, category: str, amount: int, fee: int = 0) -> Json:
    """One line of the account's balance; `amount` is negative for what goes out."""
    now = world.now(source.get("customer"))
    details = {"amount": fee, "application": None, "currency": source["currency"], "type": "stripe_fee"}
    return world.make(
        "balance_transaction",
        "txn",
        amount=amount,
        available_on=now + CLEARING_DAYS["card"] * DAY,
        balance_type="payments",
        created=now,
        currency=source["currency"],
        description=None,
        fee=fee,
        fee_details=[{**details, "description": "Stripe processing fees"}] if fee else [],
        net=amount - fee,
        reporting_category=category,
        source=source["id"],
        status="pending",
        type=kind,
    )


def book_charge(world: World, charge_id: str) -> None:
    """Job: the fees of a charge are known a moment after it."""
    charge = world.store.get("charge", charge_id)
    boleto = charge["payment_method_details"]["type"] == "boleto"
    fee = BOLETO_FEE if boleto else share(charge["amount"], CARD_FEE_BASIS_POINTS, 10_000) + CARD_FEE_FIXED
    line = book(world, charge, "payment" if boleto else "charge", "charge", charge["amount"], fee)
    world.change(charge, "charge.updated", balance_transaction=line["id"])
