from tests.stripe_sandbox.box import Box


def test_sessions_are_listed_changed_and_expired(box: Box) -> None:
    customer = box.customer(card=None)
    session = box.session(customer)
    box.session()
    assert len(box.get("/checkout/sessions", customer=customer["id"], status="open")["data"]) == 1
    changed = box.post(f"/checkout/sessions/{session['id']}", metadata={"a": "1"})
    assert changed["metadata"] == {"a": "1"}
    assert box.post(f"/checkout/sessions/{session['id']}/expire")["status"] == "expired"


def test_sessions_are_found_by_who_paid(box: Box) -> None:
    session = box.session()
    box.control(f"/checkout/{session['id']}/pay", card="4242424242424242", email="bia@example.com")
    found = box.get("/checkout/sessions", customer_details={"email": "bia@example.com"})["data"]
    assert [row["id"] for row in found] == [session["id"]]
    assert box.get(f"/checkout/sessions/{session['id']}/line_items")["data"][0]["quantity"] == 1


def test_the_portal_is_configured_and_opened(box: Box) -> None:
    made = box.post("/billing_portal/configurations", features={"invoice_history": {"enabled": True}})
    changed = box.post(f"/billing_portal/configurations/{made['id']}", business_profile={"headline": "Oi"})
    assert changed["business_profile"]["headline"] == "Oi"
    flow = {"type": "payment_method_update"}
    session = box.post("/billing_portal/sessions", customer=box.customer()["id"], flow_data=flow)
    assert (session["flow"]["type"], session["url"].startswith("http://box/p/session/")) == (
        "payment_method_update",
        True,
    )
