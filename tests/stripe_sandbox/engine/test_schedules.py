from tests.stripe_sandbox.box import DAY, NOON, Box


def downgrade(box: Box) -> tuple[dict, dict, dict]:
    """(subscription, schedule, cheaper price) with the cheaper price planned for the period's end."""
    subscription, cheaper = box.subscription(), box.price(2900, name="Starter")
    schedule = box.post("/subscription_schedules", from_subscription=subscription["id"])
    now = subscription["items"]["data"][0]["price"]["id"]
    first = schedule["phases"][0]
    phases = [
        {"items": [{"price": now}], "start_date": first["start_date"], "end_date": first["end_date"]},
        {"items": [{"price": cheaper["id"]}], "duration": {"interval": "month", "interval_count": 1}},
    ]
    schedule = box.post(f"/subscription_schedules/{schedule['id']}", phases=phases, end_behavior="release")
    return subscription, schedule, cheaper


def test_a_downgrade_comes_at_the_periods_end(box: Box) -> None:
    subscription, schedule, cheaper = downgrade(box)
    assert [(one["start_date"], one["end_date"]) for one in schedule["phases"]] == [
        (NOON, NOON + 30 * DAY),
        (NOON + 30 * DAY, NOON + 61 * DAY),
    ]
    assert box.again(subscription)["schedule"] == schedule["id"]
    box.advance(days=31)
    assert box.again(subscription)["items"]["data"][0]["price"]["id"] == cheaper["id"]
    assert box.invoice(subscription)["amount_paid"] == 2900


def test_after_its_last_phase_a_schedule_lets_go(box: Box) -> None:
    subscription, schedule, _ = downgrade(box)
    box.advance(days=62)
    released = box.again(schedule)
    assert (released["status"], released["released_subscription"]) == ("released", subscription["id"])
    assert box.again(subscription)["schedule"] is None
    assert box.again(subscription)["status"] == "active"


def test_a_released_schedule_changes_nothing(box: Box) -> None:
    subscription, schedule, _ = downgrade(box)
    box.post(f"/subscription_schedules/{schedule['id']}/release")
    box.advance(days=31)
    assert box.invoice(subscription)["amount_paid"] == 7900
    assert box.refused("POST", f"/subscription_schedules/{schedule['id']}/release")["status"] == 400


def test_a_subscription_has_one_schedule(box: Box) -> None:
    subscription, _, _ = downgrade(box)
    error = box.refused("POST", "/subscription_schedules", from_subscription=subscription["id"])
    assert "already attached to a schedule" in error["message"]


def test_a_schedule_may_end_the_subscription(box: Box) -> None:
    subscription, schedule, _ = downgrade(box)
    box.post(f"/subscription_schedules/{schedule['id']}", end_behavior="cancel")
    box.advance(days=62)
    assert box.again(subscription)["status"] == "canceled"
