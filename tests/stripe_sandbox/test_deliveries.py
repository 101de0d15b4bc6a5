from stripe_sandbox.deliveries import WAITS, Attempt, Delivery


def delivery() -> Delivery:
    return Delivery(id="dlv_1", endpoint="we_1", event={"id": "evt_1", "type": "invoice.paid"}, created=0)


def test_a_refused_delivery_is_tried_for_three_days_and_given_up() -> None:
    one, waits = delivery(), []
    while (wait := one.after_attempt(Attempt(0, 500, None))) is not None:
        waits.append(wait)
    assert tuple(waits) == WAITS
    assert 70 * 3600 < sum(waits) < 75 * 3600
    assert (one.state, len(one.attempts)) == ("gave_up", 8)


def test_a_2xx_ends_it_and_anything_else_does_not() -> None:
    one = delivery()
    assert one.after_attempt(Attempt(0, 301, None)) == 300
    assert one.after_attempt(Attempt(0, None, "ConnectError")) == 1800
    assert one.after_attempt(Attempt(0, 204, None)) is None
    assert one.to_json()["state"] == "delivered"
    assert [row["status"] for row in one.to_json()["attempts"]] == [301, None, 204]
