from tests.stripe_sandbox.box import Box


def test_a_search_knows_email_name_and_metadata(box: Box) -> None:
    customer = box.customer(card=None, metadata={"company_id": "c1"})
    for query in ("email:'ana@example.com'", "name:'Ana'", "metadata['company_id']:'c1'"):
        found = box.get("/customers/search", query=query)
        assert [row["id"] for row in found["data"]] == [customer["id"]]
    assert box.refused("GET", "/customers/search", query="everything")["param"] == "query"


def test_a_list_leaves_out_the_deleted(box: Box) -> None:
    kept, gone = box.customer(card=None), box.customer(card=None)
    box.delete(f"/customers/{gone['id']}")
    assert [row["id"] for row in box.get("/customers", email="ana@example.com")["data"]] == [kept["id"]]


def test_tax_ids_belong_to_their_customer(box: Box) -> None:
    mine, other = box.customer(card=None), box.customer(card=None)
    tax_id = box.post(f"/customers/{mine['id']}/tax_ids", type="br_cpf", value="123.456.789-09")
    assert box.get(f"/customers/{mine['id']}/tax_ids/{tax_id['id']}")["value"] == "123.456.789-09"
    assert box.refused("GET", f"/customers/{other['id']}/tax_ids/{tax_id['id']}")["status"] == 404
    box.delete(f"/customers/{mine['id']}/tax_ids/{tax_id['id']}")
    assert box.get(f"/customers/{mine['id']}/tax_ids")["data"] == []
    assert box.types()[-1] == "customer.tax_id.deleted"


def test_saved_methods_are_listed_and_read(box: Box) -> None:
    customer = box.customer()
    [method] = box.get(f"/customers/{customer['id']}/payment_methods", type="card")["data"]
    assert box.get(f"/customers/{customer['id']}/payment_methods/{method['id']}")["id"] == method["id"]
