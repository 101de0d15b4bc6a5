import pytest
from tests.stripe_sandbox.box import Box

from stripe_sandbox.engine.customers import check_tax_id
from stripe_sandbox.errors import InvalidRequest


def test_a_customer_may_come_with_its_documents(box: Box) -> None:
    customer = box.post("/customers", tax_id_data=[{"type": "br_cnpj", "value": "12.345.678/0001-95"}])
    [row] = box.get(f"/customers/{customer['id']}/tax_ids")["data"]
    assert (row["type"], row["country"], row["verification"]["status"]) == ("br_cnpj", "BR", "unavailable")
    assert box.types() == ["customer.created", "customer.tax_id.created"]


@pytest.mark.parametrize(("kind", "value"), [("br_cpf", "123"), ("br_cnpj", "123.456.789-09")])
def test_a_document_of_the_wrong_length_is_refused(kind: str, value: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        check_tax_id({"type": kind, "value": value})
    assert caught.value.code == "tax_id_invalid"


def test_an_alphanumeric_cnpj_is_taken() -> None:
    check_tax_id({"type": "br_cnpj", "value": "12.ABC.345/01DE-35"})


def test_a_default_must_be_the_customers_own(box: Box) -> None:
    mine, other = box.customer(), box.customer()
    [method] = box.get(f"/customers/{other['id']}/payment_methods")["data"]
    settings = {"default_payment_method": method["id"]}
    error = box.refused("POST", f"/customers/{mine['id']}", invoice_settings=settings)
    assert error["param"] == "invoice_settings[default_payment_method]"


def test_a_deleted_customer_ends_its_subscriptions_and_stays_known(box: Box) -> None:
    customer = box.customer()
    subscription = box.subscription(customer)
    box.delete(f"/customers/{customer['id']}")
    assert box.again(subscription)["status"] == "canceled"
    assert box.get(f"/customers/{customer['id']}") == {
        "id": customer["id"],
        "object": "customer",
        "deleted": True,
    }
    assert box.types()[-2:] == ["customer.subscription.deleted", "customer.deleted"]
    assert box.refused("POST", f"/customers/{customer['id']}", name="x")["code"] == "resource_missing"
