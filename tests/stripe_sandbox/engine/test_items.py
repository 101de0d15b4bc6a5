from tests.stripe_sandbox.box import DAY, NOON, Box

from stripe_sandbox.engine.items import period_of, plan_of, rhythm


def test_period_dates_live_on_the_item(box: Box) -> None:
    subscription = box.subscription()
    assert period_of(subscription) == (NOON, NOON + 30 * DAY)
    assert rhythm(subscription) == ("month", 1)
    assert "current_period_end" not in subscription


def test_the_older_plan_says_the_same_as_the_price(box: Box) -> None:
    price = box.price(2900, "year")
    plan = plan_of(price)
    assert (plan["id"], plan["amount"], plan["interval"]) == (price["id"], 2900, "year")


def test_a_price_that_does_not_renew_is_refused(box: Box) -> None:
    product = box.post("/products", name="x")
    once = box.post("/prices", product=product["id"], currency="brl", unit_amount=100)
    customer = box.customer()
    error = box.refused("POST", "/subscriptions", customer=customer["id"], items=[{"price": once["id"]}])
    assert "type=recurring" in error["message"]
    archived = box.price()
    box.post(f"/prices/{archived['id']}", active=False)
    error = box.refused("POST", "/subscriptions", customer=customer["id"], items=[{"price": archived["id"]}])
    assert "inactive" in error["message"]


def test_notices_come_before_renewals_and_trial_ends(box: Box) -> None:
    box.subscription(trial_period_days=14)
    box.advance(days=10)
    assert "customer.subscription.trial_will_end" not in box.types()
    box.advance(days=1)
    assert "customer.subscription.trial_will_end" in box.types()
