from tests.stripe_sandbox.box import DAY, NOON, Box

from stripe_sandbox.engine.renewing import next_lines


def test_three_months_are_three_invoices_on_the_same_day(box: Box) -> None:
    subscription = box.subscription()
    box.advance(days=93)
    invoices = box.get("/invoices", subscription=subscription["id"])["data"]
    assert [row["amount_paid"] for row in invoices] == [7900, 7900, 7900, 7900]
    assert [(row["created"] - NOON) // DAY for row in invoices] == [92, 61, 30, 0]


def test_a_trial_becomes_paid(box: Box) -> None:
    subscription = box.subscription(trial_period_days=14)
    box.advance(days=14, seconds=3600)
    assert box.again(subscription)["status"] == "active"
    assert box.invoice(subscription)["billing_reason"] == "subscription_cycle"
    [told] = [
        e for e in box.events("customer.subscription.updated") if "status" in e["data"]["previous_attributes"]
    ]
    assert told["data"]["previous_attributes"]["status"] == "trialing"


def test_a_trial_without_a_card_ends_as_its_settings_say(box: Box) -> None:
    price, found = box.price(), {}
    for behavior in ("cancel", "pause", "create_invoice"):
        settings = {"end_behavior": {"missing_payment_method": behavior}}
        customer = box.customer(card=None)
        made = box.subscription(customer, price, trial_period_days=14, trial_settings=settings)
        found[behavior] = made
    box.advance(days=15)
    statuses = {name: box.again(one)["status"] for name, one in found.items()}
    assert statuses == {"cancel": "canceled", "pause": "paused", "create_invoice": "past_due"}
    assert "customer.subscription.paused" in box.types()


def test_a_paused_subscription_goes_on_from_when_it_is_resumed(box: Box) -> None:
    subscription = box.subscription()
    path = f"/subscriptions/{subscription['id']}"
    paused = box.post(f"{path}/pause")
    assert paused["status_details"]["paused"]["subscription"]["type"] == "pause_requested"
    box.advance(days=40)
    resumed = box.post(f"{path}/resume")
    assert (resumed["status"], resumed["billing_cycle_anchor"]) == ("active", NOON + 40 * DAY)
    assert box.types()[-1] == "customer.subscription.resumed"
    assert box.refused("POST", f"{path}/resume")["status"] == 400


def test_paused_collection_keeps_voids_or_gives_up_invoices(box: Box) -> None:
    found = {}
    for behavior in ("void", "keep_as_draft", "mark_uncollectible"):
        subscription = box.subscription()
        box.post(f"/subscriptions/{subscription['id']}", pause_collection={"behavior": behavior})
        found[behavior] = subscription
    box.advance(days=31)
    statuses = {name: box.invoice(one)["status"] for name, one in found.items()}
    assert statuses == {"void": "void", "keep_as_draft": "draft", "mark_uncollectible": "uncollectible"}


def test_a_renewal_is_announced_a_week_before_unless_it_will_not_come(box: Box) -> None:
    going, ending = box.subscription(), box.subscription()
    box.post(f"/subscriptions/{ending['id']}", cancel_at_period_end=True)
    box.advance(days=23)
    [event] = box.events("invoice.upcoming")
    upcoming = event["data"]["object"]
    assert upcoming["parent"]["subscription_details"]["subscription"] == going["id"]
    assert (upcoming["amount_due"], upcoming["id"][:12]) == (7900, "upcoming_in_")
    assert box.refused("GET", f"/invoices/{upcoming['id']}")["status"] == 404


def test_the_next_lines_are_of_the_next_period(box: Box) -> None:
    subscription = box.subscription()
    [line] = next_lines(box.world, subscription)
    assert line["period"] == {"start": NOON + 30 * DAY, "end": NOON + 61 * DAY}
