from tests.stripe_sandbox.box import DAY, NOON, Box


def test_an_object_has_every_field_and_its_moment(box: Box) -> None:
    made = box.world.make("coupon", "", id="DEZ", percent_off=10.0)
    assert (made["created"], made["object"], made["max_redemptions"]) == (NOON, "coupon", None)
    assert box.world.store.get("coupon", "DEZ") is made


def test_a_change_tells_what_was_before_and_only_when_something_changed(box: Box) -> None:
    customer = box.customer(card=None)
    for name in ("Bia", "Bia"):
        box.post(f"/customers/{customer['id']}", name=name)
    [event] = box.events("customer.updated")
    assert event["data"]["previous_attributes"] == {"name": "Ana"}
    assert event["data"]["object"]["name"] == "Bia"


def test_an_event_keeps_the_object_as_it_was_and_the_request_that_caused_it(box: Box) -> None:
    made = box.api("POST", "/customers", {"name": "Ana"}, idempotency_key="k-1")
    box.post(f"/customers/{made.json()['id']}", name="Bia")
    [event] = box.events("customer.created")
    assert event["data"]["object"]["name"] == "Ana"
    assert event["request"] == {"id": made.headers["request-id"], "idempotency_key": "k-1"}


def test_what_time_itself_causes_has_no_request(box: Box) -> None:
    box.subscription()
    box.advance(days=31)
    request = box.events("invoice.created")[-1]["request"]
    assert request == {"id": None, "idempotency_key": None}


def test_a_test_clock_has_its_own_time(box: Box) -> None:
    clock = box.post("/test_helpers/test_clocks", frozen_time=NOON + 10 * DAY)
    customer = box.customer(test_clock=clock["id"])
    assert customer["created"] == NOON + 10 * DAY
    subscription = box.subscription(customer)
    box.post(f"/test_helpers/test_clocks/{clock['id']}/advance", frozen_time=NOON + 45 * DAY)
    assert len(box.get("/invoices", subscription=subscription["id"])["data"]) == 2
    assert box.world.now() == NOON


def test_a_reset_forgets_everything_but_the_time(box: Box) -> None:
    box.subscription()
    box.advance(days=1)
    told = box.control("/reset")
    assert told["objects"] == {}
    assert told["now"] == NOON + DAY
