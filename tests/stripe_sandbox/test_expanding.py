import pytest
from tests.stripe_sandbox.box import Box

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.expanding import expanded


def test_ids_become_objects_along_a_path(box: Box) -> None:
    made = box.subscription()
    subscription = box.get(f"/subscriptions/{made['id']}", expand=["latest_invoice.payments", "customer"])
    assert subscription["customer"]["email"] == "ana@example.com"
    [payment] = subscription["latest_invoice"]["payments"]["data"]
    assert (payment["status"], payment["amount_paid"]) == ("paid", 7900)


def test_rows_of_a_list_are_expanded(box: Box) -> None:
    box.subscription()
    listed = box.get("/invoices", expand=["data.customer"])
    assert listed["data"][0]["customer"]["object"] == "customer"


def test_fields_that_come_only_when_asked_for_come(box: Box) -> None:
    customer = box.customer()
    box.post(f"/customers/{customer['id']}/tax_ids", type="br_cpf", value="123.456.789-09")
    subscription = box.subscription(customer)
    paths = ["tax_ids", "subscriptions"]
    found = box.get(f"/customers/{customer['id']}", expand=paths)
    assert found["tax_ids"]["data"][0]["value"] == "123.456.789-09"
    assert found["subscriptions"]["data"][0]["id"] == subscription["id"]
    assert "tax_ids" not in box.get(f"/customers/{customer['id']}")
    invoice = box.get(f"/invoices/{subscription['latest_invoice']}", expand=["confirmation_secret"])
    assert invoice["confirmation_secret"]["type"] == "payment_intent"


@pytest.mark.parametrize("path", ["nothing", "a.b.c.d.e"])
def test_a_wrong_path_is_refused(box: Box, path: str) -> None:
    with pytest.raises(InvalidRequest):
        expanded(box.world.store, {"object": "customer", "id": "cus_1", "a": None}, [path])
