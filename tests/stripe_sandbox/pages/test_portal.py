from tests.stripe_sandbox.box import HOUR, Box

CARD = {"expiry": "12/34", "cvc": "123", "name": "Ana"}


def visit(box: Box, customer: dict | None = None, **more) -> tuple[str, dict, dict]:
    """(address, subscription, cheaper price) of a portal where a plan can be changed."""
    customer = customer or box.customer()
    dear, cheap = box.price(), box.price(2900, name="Starter")
    products = [{"product": one["product"], "prices": [one["id"]]} for one in (dear, cheap)]
    update = {
        "enabled": True,
        "default_allowed_updates": ["price"],
        "products": products,
        "schedule_at_period_end": {"conditions": [{"type": "decreasing_item_amount"}]},
    }
    features = {"subscription_update": update, "subscription_cancel": {"enabled": True}}
    configuration = box.post("/billing_portal/configurations", features=features)["id"]
    subscription = box.subscription(customer, dear)
    session = box.post(
        "/billing_portal/sessions", customer=customer["id"], configuration=configuration, **more
    )
    return session["url"], subscription, cheap


def test_the_home_shows_plan_card_and_invoices(box: Box) -> None:
    address, _, _ = visit(box, return_url="http://shop/plan")
    page = box.call("GET", address).text
    for words in (
        "Professional",
        "Renova em 25/12/2026",
        "Visa final 4242",
        "Paga",
        'href="http://shop/plan"',
    ):
        assert words in page


def test_a_wrong_or_old_address_is_refused(box: Box) -> None:
    address, _, _ = visit(box)
    assert box.call("GET", address + "x").status_code == 404
    box.advance(2 * HOUR)
    assert box.call("GET", address).status_code == 404


def test_a_new_card_is_taken_or_told_why_not(box: Box) -> None:
    address, subscription, _ = visit(box)
    assert box.form(f"{address}/card", number="", **CARD).status_code == 400
    assert "foi recusado" in box.form(f"{address}/card", number="4000000000000002", **CARD).text
    assert "cartões de teste" in box.form(f"{address}/card", number="4539578763621486", **CARD).text
    assert box.form(f"{address}/card", number="5555555555554444", **CARD).status_code == 303
    assert "Mastercard final 4444" in box.call("GET", address).text
    assert box.again(subscription)["default_payment_method"].startswith("pm_")
    assert "Salvar cartão" in box.call("GET", f"{address}/card").text


def test_a_cheaper_plan_is_planned_and_undone(box: Box) -> None:
    address, subscription, cheap = visit(box)
    assert "Starter" in box.call("GET", f"{address}/plan").text
    box.form(f"{address}/plan", price=cheap["id"])
    assert "Muda para Starter (R$\u00a029,00 por mês) em 25/12/2026" in box.call("GET", address).text
    box.form(f"{address}/keep")
    assert box.again(subscription)["schedule"] is None


def test_a_plan_is_cancelled_and_kept(box: Box) -> None:
    address, subscription, _ = visit(box)
    assert "acesso até 25/12/2026" in box.call("GET", f"{address}/cancel").text
    answer = box.form(f"{address}/cancel", feedback="too_expensive")
    assert "Cancelamento registrado" in box.call("GET", answer.headers["location"]).text
    assert "Termina em 25/12/2026" in box.call("GET", address).text
    assert box.again(subscription)["cancellation_details"]["feedback"] == "too_expensive"
    box.form(f"{address}/keep")
    assert box.again(subscription)["cancel_at_period_end"] is False


def test_a_flow_leads_straight_to_its_form(box: Box) -> None:
    address, _, _ = visit(box, flow_data={"type": "payment_method_update"})
    answer = box.call("GET", address)
    assert answer.headers["location"].partition("?")[0] == f"{address}/card"


def test_without_a_plan_there_is_nothing_to_change(box: Box) -> None:
    address, subscription, _ = visit(box)
    box.delete(f"/subscriptions/{subscription['id']}")
    for place in ("", "/plan", "/cancel"):
        assert "Nenhuma assinatura ativa" in box.call("GET", address + place).text
