import pytest

from stripe_sandbox.checking import checked, schemas
from stripe_sandbox.errors import InvalidRequest

PRICES, CUSTOMERS = "POST /v1/prices", "POST /v1/customers"


def refusal(endpoint: str, sent: dict) -> InvalidRequest:
    with pytest.raises(InvalidRequest) as caught:
        checked(endpoint, sent)
    return caught.value


def test_texts_become_numbers_truths_and_nothing() -> None:
    sent = {"currency": "brl", "unit_amount": "2900", "active": "false", "product": "prod_1"}
    assert checked(PRICES, sent) == {
        "currency": "brl",
        "unit_amount": 2900,
        "active": False,
        "product": "prod_1",
    }
    assert checked("POST /v1/customers/{}", {"description": "", "metadata": ""}) == {
        "description": "",
        "metadata": None,
    }


def test_a_list_may_be_emptied_by_an_empty_text() -> None:
    assert checked("POST /v1/subscriptions/{}", {"discounts": ""}) == {"discounts": None}
    assert checked("POST /v1/products/{}", {"marketing_features": ""})["marketing_features"] in (None, [])


@pytest.mark.parametrize(
    ("endpoint", "sent", "code", "param"),
    [
        (CUSTOMERS, {"nmae": "x"}, "parameter_unknown", "nmae"),
        (CUSTOMERS, {"address": {"street": "x"}}, "parameter_unknown", "address[street]"),
        (PRICES, {"unit_amount": "1"}, "parameter_missing", "currency"),
        (PRICES, {"currency": "brl", "unit_amount": "1.5"}, "parameter_invalid_integer", "unit_amount"),
        (PRICES, {"currency": "brl", "active": "yes"}, None, "active"),
        (PRICES, {"currency": "brl", "recurring": {"interval": "fortnight"}}, None, "recurring[interval]"),
        (CUSTOMERS, {"preferred_locales": "pt"}, None, "preferred_locales"),
        (CUSTOMERS, {"metadata": {"k": "x" * 501}}, None, "metadata[k]"),
        (CUSTOMERS, {"metadata": {str(n): "x" for n in range(51)}}, None, "metadata"),
    ],
)
def test_a_wrong_request_is_refused_by_name(endpoint: str, sent: dict, code: str | None, param: str) -> None:
    error = refusal(endpoint, sent)
    assert (error.code, error.param) == (code, param)


@pytest.mark.parametrize("room", ["payment_intents", "setup_intents", "checkout/sessions"])
def test_the_retired_parameter_is_refused_as_the_vendor_does(room: str) -> None:
    error = refusal(f"POST /v1/{room}", {"payment_method_types": ["card"]})
    assert error.code == "payment_method_types_no_longer_supported"


def test_there_is_a_schema_for_what_the_client_can_call() -> None:
    assert schemas()["POST /v1/invoices/{}/pay"]["off_session"] == "b"
