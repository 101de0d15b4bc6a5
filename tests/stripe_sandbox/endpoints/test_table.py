import pytest

from stripe_sandbox.checking import schemas
from stripe_sandbox.endpoints.table import ADVANCE, ENDPOINTS, find
from stripe_sandbox.errors import NoSuchAddress


def test_every_endpoint_is_one_the_official_client_can_call() -> None:
    assert {*ENDPOINTS, ADVANCE} - set(schemas()) == set()


def test_a_fixed_word_wins_over_an_id() -> None:
    assert find("GET", "/v1/customers/search") == ("GET /v1/customers/search", ())
    assert find("GET", "/v1/customers/cus_1") == ("GET /v1/customers/{}", ("cus_1",))
    assert find("POST", "/v1/invoices/create_preview")[0] == "POST /v1/invoices/create_preview"


def test_ids_are_taken_in_order() -> None:
    assert find("DELETE", "/v1/customers/cus_1/tax_ids/txi_1")[1] == ("cus_1", "txi_1")


def test_other_verbs_and_addresses_are_unknown() -> None:
    for method, path in (
        ("PUT", "/v1/customers"),
        ("GET", "/v1/moons"),
        ("POST", "/v1/customers/search/more/x"),
    ):
        with pytest.raises(NoSuchAddress):
            find(method, path)
