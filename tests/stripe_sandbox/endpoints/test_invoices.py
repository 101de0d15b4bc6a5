from tests.stripe_sandbox.box import HOUR, Box


def by_hand(box: Box, **more) -> dict:
    """A draft for one amount."""
    customer = box.customer()
    box.post("/invoiceitems", customer=customer["id"], amount=500, currency="brl", description="Setup")
    return box.post("/invoices", customer=customer["id"], pending_invoice_items_behavior="include", **more)


def test_an_invoice_made_by_hand_is_finalized_sent_and_paid(box: Box) -> None:
    draft = by_hand(box, collection_method="send_invoice", days_until_due=5)
    assert (draft["status"], draft["total"]) == ("draft", 500)
    sent = box.post(f"/invoices/{draft['id']}/send")
    assert (sent["status"], box.types()[-1]) == ("open", "invoice.sent")
    assert box.post(f"/invoices/{draft['id']}/pay", payment_method="pm_card_visa")["status"] == "paid"
    assert box.refused("POST", f"/invoices/{draft['id']}/pay")["code"] == "invoice_already_paid"


def test_a_draft_advances_by_itself_when_it_may(box: Box) -> None:
    draft = by_hand(box, auto_advance=True)
    box.advance(HOUR)
    assert box.again(draft)["status"] == "paid"


def test_only_drafts_are_deleted(box: Box) -> None:
    draft = by_hand(box)
    box.delete(f"/invoices/{draft['id']}")
    assert box.types()[-1] == "invoice.deleted"
    assert (
        box.refused("DELETE", f"/invoices/{box.subscription()['latest_invoice']}")["code"]
        == "invoice_not_editable"
    )


def test_lines_beyond_ten_are_cut_and_listed(box: Box) -> None:
    customer = box.customer()
    for number in range(12):
        box.post(
            "/invoiceitems", customer=customer["id"], amount=100, currency="brl", description=str(number)
        )
    draft = box.post("/invoices", customer=customer["id"], pending_invoice_items_behavior="include")
    assert (len(draft["lines"]["data"]), draft["lines"]["has_more"], draft["total"]) == (10, True, 1200)
    assert len(box.get(f"/invoices/{draft['id']}/lines", limit=100)["data"]) == 12


def test_an_item_may_be_put_on_a_draft(box: Box) -> None:
    draft = by_hand(box)
    item = box.post(
        "/invoiceitems", customer=draft["customer"], invoice=draft["id"], pricing={"price": box.price()["id"]}
    )
    assert box.again(draft)["total"] == 8400
    assert box.refused("DELETE", f"/invoiceitems/{item['id']}")["param"] == "id"
    loose = box.post("/invoiceitems", customer=draft["customer"], amount=1, currency="brl")
    assert box.delete(f"/invoiceitems/{loose['id']}")["deleted"] is True
    assert box.refused("POST", "/invoiceitems", customer=draft["customer"])["param"] == "amount"


def test_payments_tie_invoices_to_intents(box: Box) -> None:
    subscription = box.subscription()
    [payment] = box.get("/invoice_payments", invoice=subscription["latest_invoice"], status="paid")["data"]
    intent = payment["payment"]["payment_intent"]
    by_intent = box.get("/invoice_payments", payment={"type": "payment_intent", "payment_intent": intent})[
        "data"
    ]
    assert [row["id"] for row in by_intent] == [payment["id"]]
    assert box.get(f"/invoice_payments/{payment['id']}")["amount_paid"] == 7900


def test_lists_are_filtered_by_subscription_and_status(box: Box) -> None:
    subscription = box.subscription()
    box.subscription()
    assert len(box.get("/invoices", subscription=subscription["id"], status="paid")["data"]) == 1
    assert box.get("/invoices", status="open")["data"] == []


def test_automatic_collection_can_be_stopped(box: Box) -> None:
    subscription = box.subscription()
    changed = box.post(f"/invoices/{subscription['latest_invoice']}", auto_advance=False, metadata={"a": "1"})
    assert (changed["auto_advance"], changed["metadata"]) == (False, {"a": "1"})
