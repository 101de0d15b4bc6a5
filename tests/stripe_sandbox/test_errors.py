from stripe_sandbox.errors import CardDeclined, KeyReused, NoSuchObject, ServerTrouble


def test_an_error_body_names_type_code_parameter_and_documentation() -> None:
    error = NoSuchObject("customer", "cus_x", "customer", 400)
    assert error.status == 400
    assert error.body() == {
        "error": {
            "message": "No such customer: 'cus_x'",
            "type": "invalid_request_error",
            "code": "resource_missing",
            "doc_url": "https://stripe.com/docs/error-codes/resource-missing",
            "param": "customer",
        }
    }


def test_a_decline_is_402_and_carries_what_is_known() -> None:
    error = CardDeclined("no", code="card_declined", decline_code="lost_card", charge=None)
    body = error.body()["error"]
    assert (error.status, body["type"], body["decline_code"]) == (402, "card_error", "lost_card")
    assert "charge" not in body


def test_other_kinds_have_their_own_types() -> None:
    assert KeyReused("k").body()["error"]["type"] == "idempotency_error"
    assert ServerTrouble(502).status == 502
    assert ServerTrouble().body()["error"]["type"] == "api_error"
