from tests.stripe_sandbox.box import Box


def test_a_method_is_made_attached_changed_and_detached(box: Box) -> None:
    customer = box.customer(card=None)
    made = box.post("/payment_methods", type="card", card={"token": "tok_visa"})
    path = f"/payment_methods/{made['id']}"
    assert box.post(f"{path}/attach", customer=customer["id"])["customer"] == customer["id"]
    changed = box.post(path, card={"exp_year": 2040}, billing_details={"name": "Bia"}, metadata={"a": "1"})
    assert (changed["card"]["exp_year"], changed["billing_details"]["name"], changed["metadata"]) == (
        2040,
        "Bia",
        {"a": "1"},
    )
    assert box.post(f"{path}/detach")["customer"] is None
    assert box.refused("POST", f"{path}/detach")["status"] == 400
    assert box.types()[1:] == ["payment_method.attached", "payment_method.updated", "payment_method.detached"]


def test_a_setup_is_confirmed_or_cancelled(box: Box) -> None:
    customer = box.customer(card=None)
    setup = box.post("/setup_intents", customer=customer["id"])
    done = box.post(f"/setup_intents/{setup['id']}/confirm", payment_method="pm_card_visa")
    assert done["status"] == "succeeded"
    other = box.post("/setup_intents", customer=customer["id"], description="later")
    assert box.post(f"/setup_intents/{other['id']}/cancel")["status"] == "canceled"
    assert (
        box.refused("POST", f"/setup_intents/{other['id']}/cancel")["code"] == "setup_intent_unexpected_state"
    )
    assert len(box.get("/setup_intents", customer=customer["id"])["data"]) == 2
