from tests.stripe_sandbox.box import DAY, NOON, Box


def test_the_clock_moves_forward_only(box: Box) -> None:
    assert box.control("/clock", days=1)["now"] == NOON + DAY
    assert box.control("/clock", to=NOON + 2 * DAY)["now"] == NOON + 2 * DAY
    assert box.call("POST", "/_control/clock", json={"seconds": -1}).status_code == 400


def test_other_sites_pages_are_not_answered(box: Box) -> None:
    answer = box.call("POST", "/_control/reset", headers={"origin": "http://evil.example"})
    assert answer.status_code == 403


def test_switches_are_shown_changed_and_checked(box: Box) -> None:
    box.switch(retry_days=[3])
    assert box.call("GET", "/_control/switches").json()["retry_days"] == [3]
    assert box.call("PATCH", "/_control/switches", json={"nothing": 1}).status_code == 400


def test_faults_are_listed_and_cleared(box: Box) -> None:
    box.control("/faults", kind="slow", seconds=0)
    assert [row["kind"] for row in box.call("GET", "/_control/faults").json()] == ["slow"]
    assert box.call("DELETE", "/_control/faults").json() == []
    assert box.call("POST", "/_control/faults", json={"kind": "x"}).status_code == 400


def test_outcomes_are_scripted_for_one_customer_in_order(box: Box) -> None:
    customer = box.customer()
    box.control("/outcomes", of=customer["id"], outcomes=["insufficient_funds", "approve"])
    subscription = box.subscription(customer)
    assert subscription["status"] == "incomplete"
    box.post(f"/invoices/{subscription['latest_invoice']}/pay")
    assert box.again(subscription)["status"] == "active"
    assert box.call("POST", "/_control/outcomes", json={"outcomes": ["x"]}).status_code == 400


def test_a_checkout_is_paid_as_a_person_would(box: Box) -> None:
    session = box.session(box.customer(card=None))
    refused = box.control(f"/checkout/{session['id']}/pay", card="4000000000000002")
    assert refused["outcome"] == "generic_decline"
    secure = box.control(f"/checkout/{session['id']}/pay", card="4000002500003155", authenticate=True)
    assert secure["outcome"] == "complete"
    assert secure["session"]["payment_status"] == "paid"


def test_the_bank_acts_on_charges_disputes_and_boletos(box: Box) -> None:
    customer = box.customer()
    box.subscription(customer)
    charge = box.charge(customer)
    box.control(f"/charges/{charge['id']}/warn")
    box.control(f"/charges/{charge['id']}/review")
    box.control(f"/charges/{charge['id']}/dispute", reason="duplicate")
    [dispute] = box.get("/disputes")["data"]
    assert box.control(f"/disputes/{dispute['id']}/win")["status"] == "won"
    assert box.call("POST", f"/_control/charges/{charge['id']}/fly", json={}).status_code == 400


def test_any_event_can_be_told(box: Box) -> None:
    customer = box.customer(card=None)
    told = box.control("/events", type="customer.updated", id=customer["id"])
    assert told["data"]["object"]["id"] == customer["id"]
    imagined = box.control("/events", type="mandate.updated", kind="mandate", fields={"id": "mandate_1"})
    assert imagined["data"]["object"]["id"] == "mandate_1"
    assert box.call("POST", "/_control/events", json={"type": "x"}).status_code == 400


def test_a_network_renews_a_card(box: Box) -> None:
    box.customer()
    [method] = box.get("/payment_methods")["data"]
    renewed = box.control(f"/payment_methods/{method['id']}/renew_card")
    assert renewed["card"]["exp_year"] == 2038
    assert box.types()[-1] == "payment_method.automatically_updated"


def test_a_promotion_code_is_typed_on_the_page(box: Box) -> None:
    price = box.price()
    coupon = box.post("/coupons", percent_off=50, duration="once")
    code = box.post("/promotion_codes", promotion={"type": "coupon", "coupon": coupon["id"]}, code="METADE")
    page = {"mode": "subscription", "line_items": [{"price": price["id"], "quantity": 1}]}
    session = box.post(
        "/checkout/sessions", **page, success_url="http://127.0.0.1/", allow_promotion_codes=True
    )
    typed = box.control(f"/checkout/{session['id']}/promotion", promotion_code=code["id"])
    assert typed["amount_total"] * 2 == typed["amount_subtotal"]
