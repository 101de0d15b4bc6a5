"""Time passes: trials end, periods are renewed and invoiced, and notices go out before."""

from stripe_sandbox.engine import schedules
from stripe_sandbox.engine.collecting import collect
from stripe_sandbox.engine.ending import end
from stripe_sandbox.engine.invoicing import draft, finalize, give_up, unsaved, void
from stripe_sandbox.engine.items import period_of, rhythm, set_period
from stripe_sandbox.engine.lines import pending_entries, single_line, taken_up, whole_period
from stripe_sandbox.engine.methods import default_method
from stripe_sandbox.engine.periods import next_boundary
from stripe_sandbox.engine.subscribing import plan_finalization
from stripe_sandbox.shapes import Json, part, rendered
from stripe_sandbox.world import World

DUE_NOTICE_SECONDS = 3 * 86_400
RENEWED = ("active", "past_due", "trialing", "unpaid")


def renew(world: World, subscription_id: str) -> None:
    """Job: the period of a subscription is over; nothing happens when it was over before or moved on."""
    subscription = world.store.get("subscription", subscription_id)
    now = world.now(subscription["customer"])
    if subscription["status"] not in RENEWED or period_of(subscription)[1] > now:
        return
    if (
        subscription["cancel_at"] is not None and subscription["cancel_at"] <= now
    ) or schedules.ends_at_boundary(world, subscription):
        end(world, subscription, "cancellation_requested")
    elif subscription["status"] == "trialing":
        _end_of_trial(world, subscription)
    else:
        _next_period(world, subscription)


def end_trial_now(world: World, subscription: Json) -> None:
    """Cut a trial short: the first paid period begins, and is charged, at once."""
    if subscription["status"] != "trialing":
        return
    now = world.now(subscription["customer"])
    subscription |= {"trial_end": now, "billing_cycle_anchor": now}
    for item in subscription["items"]["data"]:
        item["current_period_end"] = now
    renew(world, subscription["id"])
    if subscription["status"] == "active":
        finalize_when_due(world, subscription["latest_invoice"])


def _end_of_trial(world: World, subscription: Json) -> None:
    """Without a payment method the trial's settings decide."""
    method = default_method(world, subscription["customer"], subscription)
    behavior = part(part(subscription["trial_settings"]).get("end_behavior")).get("missing_payment_method")
    if method is None and behavior == "cancel":
        end(world, subscription, "cancellation_requested")
    elif method is None and behavior == "pause":
        pause(world, subscription, "trial_end_without_payment_method")
    else:
        _next_period(world, subscription)


def pause(world: World, subscription: Json, kind: str) -> None:
    """No more invoices until resumed; tells customer.subscription.paused."""
    details = {
        "subscription": {"type": kind},
        "transitioned_at": world.now(subscription["customer"]),
        "type": "subscription",
    }
    changed = world.change(subscription, status="paused", status_details={"paused": details})
    world.emit("customer.subscription.updated", subscription, changed)
    world.emit("customer.subscription.paused", subscription)


def _next_period(world: World, subscription: Json) -> None:
    before = rendered(subscription)
    schedules.enter_phase(world, subscription)
    start = period_of(subscription)[1]
    interval, count = rhythm(subscription)
    set_period(
        world,
        subscription,
        start,
        next_boundary(subscription["billing_cycle_anchor"], interval, count, start),
    )
    if subscription["status"] == "trialing":
        subscription["status"] = "active"
    renewal_invoice(world, subscription, "subscription_cycle")
    changed = {key: value for key, value in before.items() if value != rendered(subscription)[key]}
    world.emit("customer.subscription.updated", subscription, changed)


def renewal_invoice(world: World, subscription: Json, reason: str) -> Json:
    """The draft of a new period, to be finalized in an hour (or never, while unpaid)."""
    customer = world.store.get("customer", subscription["customer"])
    entries = pending_entries(world, customer["id"], subscription)
    rows = [*whole_period(world, subscription), *(single_line(world, entry) for entry in entries)]
    invoice = draft(world, customer, subscription, reason, rows)
    taken_up(entries, invoice)
    options = subscription["payment_settings"]["payment_method_options"]
    invoice["payment_settings"] = {**invoice["payment_settings"], "payment_method_options": options}
    world.store.note(invoice["id"])["days_until_due"] = subscription["days_until_due"] or 30
    if subscription["status"] == "unpaid":
        invoice["auto_advance"] = False
    else:
        plan_finalization(world, invoice)
    return invoice


def finalize_when_due(world: World, invoice_id: str) -> None:
    """Job: a draft becomes an invoice and is collected."""
    invoice = world.store.find("invoice", invoice_id)
    if invoice is None or invoice["status"] != "draft" or not invoice["auto_advance"]:
        return
    details = part(part(invoice["parent"]).get("subscription_details"))
    subscription = world.store.find("subscription", details.get("subscription"))
    paused = part((subscription or {}).get("pause_collection")).get("behavior")
    if paused == "keep_as_draft":
        invoice["auto_advance"] = False
        return
    finalize(world, invoice)
    if invoice["status"] != "open":
        return
    if paused:
        _settle_paused(world, invoice, paused)
    elif invoice["collection_method"] == "charge_automatically":
        collect(world, invoice)
    else:
        world.emit("invoice.sent", invoice)
        world.later(invoice["due_date"], "invoice_is_due", invoice["id"], invoice["customer"])
        notice = invoice["due_date"] - DUE_NOTICE_SECONDS
        world.later(notice, "announce_due", invoice["id"], invoice["customer"])


def invoice_is_due(world: World, invoice_id: str) -> None:
    """Job: a sent invoice was not paid in time."""
    invoice = world.store.get("invoice", invoice_id)
    if invoice["status"] == "open":
        world.emit("invoice.overdue", invoice)


def announce_due(world: World, invoice_id: str) -> None:
    """Job: a sent invoice is due in three days."""
    invoice = world.store.get("invoice", invoice_id)
    if invoice["status"] == "open":
        world.emit("invoice.will_be_due", invoice)


def announce_renewal(world: World, subscription_id: str) -> None:
    """Job: invoice.upcoming, of an invoice that does not exist yet."""
    subscription = world.store.get("subscription", subscription_id)
    going_on = subscription["status"] in ("active", "trialing") and subscription["cancel_at"] is None
    if not going_on or period_of(subscription)[1] <= world.now(subscription["customer"]):
        return
    customer = world.store.get("customer", subscription["customer"])
    invoice = unsaved(world, customer, subscription, "upcoming", next_lines(world, subscription))
    world.emit("invoice.upcoming", invoice)


def next_lines(world: World, subscription: Json) -> list[Json]:
    """The lines of the next renewal, as things stand."""
    start, interval = period_of(subscription)[1], rhythm(subscription)
    period = {"start": start, "end": next_boundary(subscription["billing_cycle_anchor"], *interval, start)}
    entries = pending_entries(world, subscription["customer"], subscription)
    rows = [{**row, "period": period} for row in whole_period(world, subscription)]
    return [*rows, *(single_line(world, entry) for entry in entries)]


def announce_trial_end(world: World, subscription_id: str) -> None:
    """Job: customer.subscription.trial_will_end."""
    subscription = world.store.get("subscription", subscription_id)
    if subscription["status"] == "trialing":
        world.emit("customer.subscription.trial_will_end", subscription)


def resume(world: World, subscription: Json) -> Json:
    """A paused subscription goes on from now with a new invoice."""
    now = world.now(subscription["customer"])
    subscription["billing_cycle_anchor"] = now
    set_period(world, subscription, now, next_boundary(now, *rhythm(subscription), now))
    changed = world.change(subscription, status="active", status_details=None)
    invoice = renewal_invoice(world, subscription, "subscription_update")
    finalize(world, invoice)
    if invoice["status"] == "open":
        collect(world, invoice)
    world.emit("customer.subscription.updated", subscription, changed)
    world.emit("customer.subscription.resumed", subscription)
    return subscription


def _settle_paused(world: World, invoice: Json, behavior: str) -> None:
    """What `pause_collection` makes of an invoice that would be collected now."""
    if behavior == "void":
        void(world, invoice)
    elif behavior == "mark_uncollectible":
        give_up(world, invoice, "subscription_paused")
