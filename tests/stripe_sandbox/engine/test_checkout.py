import pytest
from tests.stripe_sandbox.box import CPF, HOUR, NOON, Box

from stripe_sandbox.engine.checkout import success_url


def pay(box: Box, session: dict, **how) -> dict:
    return box.control(f"/checkout/{session['id']}/pay", **how)


class TestPaying:
    def test_makes_the_subscription_after_the_money(self, box: Box) -> None:
        customer = box.customer(card=None)
        data = {"metadata": {"company_id": "c1"}}
        session = box.session(
            customer, metadata={"plan": "pro"}, subscription_data=data, client_reference_id="c1"
        )
        done = pay(box, session, card="4242424242424242")["session"]
        subscription = box.get(f"/subscriptions/{done['subscription']}", expand=["default_payment_method"])
        assert (done["status"], done["payment_status"], done["url"]) == ("complete", "paid", None)
        assert (subscription["status"], subscription["metadata"]) == ("active", {"company_id": "c1"})
        assert subscription["default_payment_method"]["customer"] == customer["id"]
        assert done["metadata"] == {"plan": "pro"}
        assert box.get(f"/invoices/{done['invoice']}")["status"] == "paid"

    def test_that_is_declined_leaves_no_subscription_and_no_invoice(self, box: Box) -> None:
        session = box.session(box.customer(card=None))
        assert pay(box, session, card="4000000000009995")["outcome"] == "insufficient_funds"
        assert box.get("/subscriptions", status="all")["data"] == []
        assert box.get("/invoices")["data"] == []
        assert box.again(session)["status"] == "open"
        assert pay(box, session, card="4242424242424242")["outcome"] == "complete"
        assert len(box.get("/payment_intents")["data"]) == 1

    def test_begins_a_trial_without_money(self, box: Box) -> None:
        session = box.session(box.customer(card=None), subscription_data={"trial_period_days": 14})
        done = pay(box, session, card="4242424242424242")["session"]
        assert (done["amount_total"], done["payment_status"]) == (0, "no_payment_required")
        assert box.get(f"/subscriptions/{done['subscription']}")["status"] == "trialing"

    def test_may_begin_a_trial_without_a_card(self, box: Box) -> None:
        session = box.session(
            box.customer(card=None),
            subscription_data={"trial_period_days": 14},
            payment_method_collection="if_required",
        )
        done = pay(box, session)["session"]
        assert box.get(f"/subscriptions/{done['subscription']}")["default_payment_method"] is None

    def test_makes_a_customer_when_there_is_none(self, box: Box) -> None:
        done = pay(box, box.session(), card="4242424242424242", email="bia@example.com", name="Bia")[
            "session"
        ]
        assert box.get(f"/customers/{done['customer']}")["email"] == "bia@example.com"
        assert done["customer_details"]["name"] == "Bia"

    def test_with_a_coupon_costs_less(self, box: Box) -> None:
        coupon = box.post("/coupons", percent_off=10, duration="once")
        session = box.session(box.customer(card=None), discounts=[{"coupon": coupon["id"]}])
        assert (session["amount_subtotal"], session["amount_total"]) == (7900, 7110)
        done = pay(box, session, card="4242424242424242")["session"]
        assert box.get(f"/invoices/{done['invoice']}")["amount_paid"] == 7110

    def test_once_and_saving_a_card(self, box: Box) -> None:
        product = box.post("/products", name="Setup")
        once = box.post("/prices", product=product["id"], currency="brl", unit_amount=5000)
        lines = [{"price": once["id"], "quantity": 1}]
        payment = box.post("/checkout/sessions", mode="payment", line_items=lines, success_url="http://shop")
        done = pay(box, payment, card="4242424242424242")["session"]
        assert box.get(f"/payment_intents/{done['payment_intent']}")["amount_received"] == 5000
        customer = box.customer(card=None)
        setup = box.post(
            "/checkout/sessions",
            mode="setup",
            customer=customer["id"],
            success_url="http://shop",
            currency="brl",
        )
        done = pay(box, setup, card="4242424242424242")["session"]
        assert box.get(f"/setup_intents/{done['setup_intent']}")["status"] == "succeeded"


class TestNotPaying:
    def test_ends_after_its_time(self, box: Box) -> None:
        session = box.session(expires_at=NOON + HOUR)
        box.advance(HOUR)
        assert (box.again(session)["status"], box.again(session)["url"]) == ("expired", None)
        assert box.types()[-1] == "checkout.session.expired"

    def test_ends_by_request_once(self, box: Box) -> None:
        session = box.session()
        box.post(f"/checkout/sessions/{session['id']}/expire")
        assert box.refused("POST", f"/checkout/sessions/{session['id']}/expire")["status"] == 400
        answer = box.call(
            "POST", f"/_control/checkout/{session['id']}/pay", json={"card": "4242424242424242"}
        )
        assert answer.status_code == 400


class TestAskingForASession:
    @pytest.mark.parametrize(
        ("more", "param"),
        [
            ({"expires_at": NOON + 60}, "expires_at"),
            ({"expires_at": NOON + 25 * HOUR}, "expires_at"),
            ({"allowed_payment_method_types": ["pix"]}, "allowed_payment_method_types"),
            ({"payment_method_types": ["card"]}, "payment_method_types"),
            ({"success_url": ""}, "success_url"),
        ],
    )
    def test_that_makes_no_sense_is_refused(self, box: Box, more: dict, param: str) -> None:
        wanted = {
            "mode": "subscription",
            "line_items": [{"price": box.price()["id"]}],
            "success_url": "http://shop",
        }
        assert box.refused("POST", "/checkout/sessions", **{**wanted, **more})["param"] == param

    def test_offers_boleto_only_where_it_is_asked_for_and_possible(self, box: Box) -> None:
        assert box.session(allowed_payment_method_types=["card"])["payment_method_types"] == ["card"]
        box.switch(brazilian_account=False)
        assert box.session()["payment_method_types"] == ["card"]


def test_the_success_address_names_the_session() -> None:
    session = {"success_url": "http://shop/ok?s={CHECKOUT_SESSION_ID}", "id": "cs_1"}
    assert success_url(session) == "http://shop/ok?s=cs_1"


def test_two_tabs_can_both_pay(box: Box) -> None:
    customer = box.customer(card=None)
    for session in (box.session(customer), box.session(customer)):
        pay(box, session, card="4242424242424242")
    assert len(box.get("/subscriptions", customer=customer["id"])["data"]) == 2


def test_a_boleto_leaves_the_session_complete_and_unpaid(box: Box) -> None:
    session = box.session(
        box.customer(card=None), payment_method_options={"boleto": {"expires_after_days": 3}}
    )
    done = pay(box, session, boleto=CPF)["session"]
    assert (done["status"], done["payment_status"]) == ("complete", "unpaid")
    assert "invoice.payment_action_required" in box.types()
