from tests.stripe_sandbox.box import DAY, NOON, Box


def test_a_planned_end_can_be_taken_back(box: Box) -> None:
    subscription = box.subscription()
    path = f"/subscriptions/{subscription['id']}"
    box.post(path, cancel_at_period_end=True, cancellation_details={"feedback": "too_expensive"})
    kept = box.post(path, cancel_at_period_end=False)
    assert (kept["cancel_at"], kept["canceled_at"], kept["cancellation_details"]["reason"]) == (
        None,
        None,
        None,
    )
    box.advance(days=31)
    assert box.again(subscription)["status"] == "active"


def test_a_trial_can_be_cut_short(box: Box) -> None:
    subscription = box.subscription(trial_period_days=14)
    box.advance(days=2)
    box.post(f"/subscriptions/{subscription['id']}", trial_end="now")
    now = box.again(subscription)
    assert (now["status"], now["items"]["data"][0]["current_period_start"]) == ("active", NOON + 2 * DAY)
    assert box.invoice(subscription)["amount_paid"] == 7900


def test_metadata_is_merged_and_told(box: Box) -> None:
    subscription = box.subscription(metadata={"a": "1", "b": "2"})
    changed = box.post(f"/subscriptions/{subscription['id']}", metadata={"a": "", "c": "3"})
    assert changed["metadata"] == {"b": "2", "c": "3"}
    event = box.events("customer.subscription.updated")[-1]
    assert event["data"]["previous_attributes"]["metadata"] == {"a": "1", "b": "2"}


def test_nothing_changes_a_canceled_subscription_but_words(box: Box) -> None:
    subscription = box.subscription()
    box.delete(f"/subscriptions/{subscription['id']}")
    path = f"/subscriptions/{subscription['id']}"
    assert box.refused("POST", path, cancel_at_period_end=True)["status"] == 400
    assert box.post(path, metadata={"a": "1"})["metadata"] == {"a": "1"}


def test_a_schedule_must_be_asked_before_an_end_is_planned(box: Box) -> None:
    subscription = box.subscription()
    box.post("/subscription_schedules", from_subscription=subscription["id"])
    error = box.refused("POST", f"/subscriptions/{subscription['id']}", cancel_at_period_end=True)
    assert "managed by the subscription schedule" in error["message"]
