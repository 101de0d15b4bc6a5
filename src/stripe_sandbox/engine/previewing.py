"""What an invoice would be: of a change, of a renewal, or of a new subscription. Nothing is kept of it."""

from copy import deepcopy

from stripe_sandbox.engine.invoicing import unsaved
from stripe_sandbox.engine.items import add_item, period_of, rhythm, set_price
from stripe_sandbox.engine.lines import item_line, price_for, proration
from stripe_sandbox.engine.periods import step
from stripe_sandbox.engine.renewing import next_lines
from stripe_sandbox.engine.repricing import wanted_changes
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank, page, part
from stripe_sandbox.world import World


def preview(world: World, params: Json) -> Json:
    """`subscription` with `subscription_details[items]`: the change; without: the renewal. Raises InvalidRequest."""
    details = part(params.get("subscription_details"))
    if params.get("subscription"):
        subscription = world.store.get("subscription", params["subscription"], "subscription")
        customer = world.store.get("customer", subscription["customer"])
        rows = (
            _change(world, subscription, details) if details.get("items") else next_lines(world, subscription)
        )
        reason = "subscription_update" if details.get("items") else "upcoming"
        return unsaved(world, customer, subscription, reason, rows)
    if not details.get("items"):
        raise InvalidRequest("You must specify at least one of subscription, subscription_details[items].")
    customer = world.find_customer(params.get("customer"))
    return unsaved(world, customer, None, "subscription_create", _beginning(world, customer, details))


def _change(world: World, subscription: Json, details: Json) -> list[Json]:
    """The lines of an immediate change: what comes back, and what is to be paid for the rest."""
    copy = deepcopy(subscription)
    moment = int(details.get("proration_date") or world.now(subscription["customer"]))
    wanted = wanted_changes(world, details["items"])
    prorated = (
        details.get("proration_behavior", "create_prorations") != "none" and copy["status"] != "trialing"
    )
    changed = {one.item["id"]: (one.price, one.quantity) for one in wanted if one.item and one.price}
    rows, old_rhythm = [], rhythm(copy)
    for item in copy["items"]["data"]:
        if item["id"] not in changed:
            continue
        if prorated:
            rows.append(proration(world, copy, item, moment, credit=True))
        price, quantity = changed[item["id"]]
        set_price(item, price, quantity)
    restarted = rhythm(copy) != old_rhythm
    for item in copy["items"]["data"]:
        if restarted:
            period = (moment, step(moment, *rhythm(copy)))
            rows.append(item_line(world, copy, item, period, price_for(item)))
        elif prorated and item["id"] in changed:
            rows.append(proration(world, copy, item, moment, credit=False))
    return rows


def _beginning(world: World, customer: Json, details: Json) -> list[Json]:
    now = world.now(customer["id"])
    imagined = blank("subscription") | {
        "id": "sub_preview",
        "customer": customer["id"],
        "items": page([], ""),
    }
    made = [add_item(world, imagined, entry, (now, now)) for entry in details["items"]]
    for item in made:
        world.store.remove("subscription_item", item["id"])
    period = (period_of(imagined)[0], step(now, *rhythm(imagined)))
    free = bool(details.get("trial_end"))
    return [item_line(world, imagined, item, period, 0 if free else price_for(item)) for item in made]
