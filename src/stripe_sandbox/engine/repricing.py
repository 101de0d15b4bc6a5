"""Other prices for a running subscription: what comes back, what is to be paid, and what waits for its payment."""

from dataclasses import dataclass

from stripe_sandbox.engine.cards import APPROVE
from stripe_sandbox.engine.collecting import collect
from stripe_sandbox.engine.intents import declined_error
from stripe_sandbox.engine.invoicing import draft, finalize, intent_of, void
from stripe_sandbox.engine.items import (
    add_item,
    period_of,
    plan_of,
    recurring_price,
    remove_item,
    rhythm,
    set_period,
    set_price,
)
from stripe_sandbox.engine.lines import (
    item_line,
    keep_for_later,
    pending_entries,
    price_for,
    proration,
    single_line,
    taken_up,
)
from stripe_sandbox.engine.periods import step
from stripe_sandbox.shapes import Json, part, rendered
from stripe_sandbox.world import World

HOUR = 3600
NOT_BILLED = ("trialing", "incomplete", "paused")


@dataclass(frozen=True)
class Change:
    """One entry of `items`: no item is a new one, no price takes the item away."""

    item: Json | None
    price: Json | None
    quantity: int


@dataclass(frozen=True)
class Before:
    """How a subscription was, to be put back when the change is not paid."""

    items: list[tuple[Json, Json]]
    period: tuple[int, int]
    anchor: int


def wanted_changes(world: World, entries: list[Json]) -> list[Change]:
    """The entries that change something. Raises InvalidRequest for unknown or inactive prices."""
    changes = []
    for n, entry in enumerate(entries):
        found = (
            world.store.get("subscription_item", entry["id"], f"items[{n}][id]") if entry.get("id") else None
        )
        change = _change(world, found, entry, f"items[{n}][price]")
        if change != _unchanged(found):
            changes.append(change)
    return changes


def _unchanged(item: Json | None) -> Change | None:
    return Change(item, item["price"], item["quantity"]) if item else None


def _change(world: World, item: Json | None, entry: Json, param: str) -> Change:
    if entry.get("deleted"):
        return Change(item, None, 0)
    asked = entry.get("price") or item is None
    price = recurring_price(world, entry.get("price"), param) if asked or item is None else item["price"]
    kept = item["quantity"] if item else 1
    return Change(item, price, int(entry.get("quantity") or kept))


def restarts(params: Json) -> bool:
    """Whether the period is to begin anew."""
    return part(params.get("billing_cycle_anchor")).get("type") == "now"


def change_prices(world: World, subscription: Json, wanted: list[Change], params: Json) -> None:
    """Swap prices with the asked proration; an unpaid `pending_if_incomplete` change waits for its payment."""
    items = subscription["items"]["data"]
    before = Before(
        [(item, rendered(item)) for item in items],
        period_of(subscription),
        subscription["billing_cycle_anchor"],
    )
    if subscription["status"] in NOT_BILLED:
        _swap(world, subscription, wanted, None)
        return
    behavior = params.get("proration_behavior", "create_prorations")
    moment = int(params.get("proration_date") or world.now(subscription["customer"]))
    touched = items if restarts(params) else [change.item for change in wanted if change.item is not None]
    rows = [] if behavior == "none" else _shares(world, subscription, touched, moment, credit=True)
    restarted = _swap(world, subscription, wanted, moment, restart=restarts(params))
    rows += _debits(world, subscription, wanted, moment, restarted=restarted, behavior=behavior)
    if restarted or behavior == "always_invoice":
        _invoice_now(world, subscription, rows, params, before)
        return
    for row in rows:
        keep_for_later(world, subscription, row)


def _shares(world: World, subscription: Json, items: list[Json], moment: int, *, credit: bool) -> list[Json]:
    return [proration(world, subscription, item, moment, credit=credit) for item in items if price_for(item)]


def _swap(
    world: World, subscription: Json, wanted: list[Change], moment: int | None, *, restart: bool = False
) -> bool:
    """Put the new prices in place; True when the period starts anew: asked to, or another interval."""
    rhythm_before, period = rhythm(subscription), period_of(subscription)
    for change in wanted:
        if change.price is None:
            if change.item is not None:
                remove_item(world, subscription, change.item)
        elif change.item is None:
            entry = {"price": change.price["id"], "quantity": change.quantity}
            add_item(world, subscription, entry, period)
        else:
            set_price(change.item, change.price, change.quantity)
    restarted = moment is not None and (restart or rhythm(subscription) != rhythm_before)
    if restarted and moment is not None:
        subscription["billing_cycle_anchor"] = moment
        set_period(world, subscription, moment, step(moment, *rhythm(subscription)))
    return restarted


def _debits(
    world: World, subscription: Json, wanted: list[Change], moment: int, *, restarted: bool, behavior: str
) -> list[Json]:
    items = subscription["items"]["data"]
    if restarted:
        period = period_of(subscription)
        return [item_line(world, subscription, item, period, price_for(item)) for item in items]
    if behavior == "none":
        return []
    new = {change.price["id"] for change in wanted if change.price is not None}
    return _shares(
        world, subscription, [one for one in items if one["price"]["id"] in new], moment, credit=False
    )


def _invoice_now(world: World, subscription: Json, rows: list[Json], params: Json, before: Before) -> None:
    """Invoice these lines, and what waits, at once, and try to have it paid."""
    customer = world.store.get("customer", subscription["customer"])
    entries = pending_entries(world, customer["id"], subscription)
    rows = [*rows, *(single_line(world, entry) for entry in entries)]
    invoice = draft(world, customer, subscription, "subscription_update", rows)
    taken_up(entries, invoice)
    finalize(world, invoice)
    if invoice["status"] == "open":
        _collect_or_wait(world, subscription, invoice, params.get("payment_behavior"), before)


def _collect_or_wait(
    world: World, subscription: Json, invoice: Json, behavior: str | None, before: Before
) -> None:
    if behavior not in ("pending_if_incomplete", "error_if_incomplete"):
        collect(world, invoice)
        return
    waiting = [(item["id"], item["price"]["id"], item["quantity"]) for item in subscription["items"]["data"]]
    note = world.store.note(subscription["id"])
    note["waiting_update"] = waiting
    if period_of(subscription) != before.period:
        note["waiting_period"] = period_of(subscription)
    _put_back(world, subscription, before)
    if collect(world, invoice) == APPROVE:
        return
    if behavior == "pending_if_incomplete":
        _wait_for_payment(world, subscription, waiting)
        return
    _forget_waiting(world, subscription["id"])
    void(world, invoice)
    intent = intent_of(world, invoice)
    if intent is not None:
        raise declined_error(intent)


def _put_back(world: World, subscription: Json, before: Before) -> None:
    for item, old in before.items:
        set_price(item, world.store.get("price", old["price"]["id"]), old["quantity"])
    subscription["billing_cycle_anchor"] = before.anchor
    set_period(world, subscription, *before.period)


def _wait_for_payment(world: World, subscription: Json, waiting: list[tuple[str, str, int]]) -> None:
    expires = world.now(subscription["customer"]) + world.switches.incomplete_hours * HOUR
    rows = []
    for item_id, price_id, quantity in waiting:
        item = rendered(world.store.get("subscription_item", item_id))
        price = world.store.get("price", price_id)
        rows.append({**item, "price": rendered(price), "plan": plan_of(price), "quantity": quantity})
    subscription["pending_update"] = {
        "billing_cycle_anchor": None,
        "expires_at": expires,
        "subscription_items": rows,
        "trial_end": None,
        "trial_from_plan": None,
    }
    world.later(expires, "expire_pending_update", subscription["id"], subscription["customer"])


def _forget_waiting(world: World, subscription_id: str) -> None:
    for name in ("waiting_update", "waiting_period"):
        world.store.note(subscription_id).pop(name, None)


def expire_pending_update(world: World, subscription_id: str) -> None:
    """Job: the payment an upgrade waited for did not come."""
    subscription = world.store.get("subscription", subscription_id)
    if subscription["pending_update"] is None:
        return
    _forget_waiting(world, subscription_id)
    invoice = world.store.find("invoice", subscription["latest_invoice"])
    subscription["pending_update"] = None
    if invoice and invoice["status"] == "open":
        void(world, invoice)
    world.emit("customer.subscription.pending_update_expired", subscription)
