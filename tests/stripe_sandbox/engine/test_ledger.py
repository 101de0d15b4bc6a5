from tests.stripe_sandbox.box import CPF, Box

from stripe_sandbox.engine.ledger import book


def test_the_fees_of_a_charge_come_a_moment_later(box: Box) -> None:
    customer = box.customer()
    box.subscription(customer)
    assert box.charge(customer)["balance_transaction"] is None
    box.advance(2)
    line = box.get(f"/balance_transactions/{box.charge(customer)['balance_transaction']}")
    assert (line["amount"], line["fee"], line["net"]) == (7900, 354, 7546)
    assert box.types()[-1] == "charge.updated"


def test_a_boleto_costs_its_own_fee(box: Box) -> None:
    customer = box.customer(card=None)
    session = box.session(customer)
    box.control(f"/checkout/{session['id']}/pay", boleto=CPF)
    [intent] = box.get("/payment_intents")["data"]
    box.control(f"/payment_intents/{intent['id']}/pay_boleto")
    box.advance(2)
    assert box.get("/balance_transactions")["data"][0]["fee"] == 345


def test_a_line_names_its_source(box: Box) -> None:
    source = {"id": "re_1", "currency": "brl", "customer": None}
    line = book(box.world, source, "refund", "refund", -500)
    assert (line["net"], line["source"], line["reporting_category"], line["fee_details"]) == (
        -500,
        "re_1",
        "refund",
        [],
    )
