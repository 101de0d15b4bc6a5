"""Error bodies, word for word."""

from pluggy_sandbox import errors


def test_a_stale_token_is_refused_without_a_code_description() -> None:
    assert errors.Forbidden().body() == {"code": 403, "message": "Missing or invalid authorization token"}


def test_wrong_client_keys_have_their_own_code() -> None:
    assert errors.ClientKeysUnauthorized().body() == {
        "code": 401,
        "message": "Client keys are invalid",
        "codeDescription": "CLIENT_KEYS_UNAUTHORIZED",
    }


def test_an_unknown_id_names_its_resource() -> None:
    assert errors.NotFound("credit card bill").body() == {
        "code": 404,
        "message": "credit card bill not found",
        "codeDescription": "CREDIT_CARD_BILL_NOT_FOUND",
    }


def test_an_invalid_cursor_has_no_code_description() -> None:
    assert errors.InvalidCursor().body() == {"code": 400, "message": "Invalid cursor"}


def test_a_duplicate_item_lists_ids_and_has_no_code() -> None:
    body = errors.ItemUserAlreadyExists(items=["a"]).body()
    assert "code" not in body
    assert (body["codeDescription"], body["items"]) == ("ITEM_USER_ALREADY_EXISTS", ["a"])


def test_the_rate_limit_speaks_of_its_header() -> None:
    assert errors.TooManyRequests().body() == {
        "code": 429,
        "message": "Too many requests. Please try again later (see Retry-After header in seconds)",
    }


def test_the_item_limit_carries_its_number() -> None:
    body = errors.ItemCreationLimitExceeded(data={"itemsLimit": 100}).body()
    assert (body["code"], body["data"]) == (409, {"itemsLimit": 100})


def test_the_misspelt_mfa_code_is_kept() -> None:
    assert (
        errors.MfaParameterAlreadyUsed().body()["codeDescription"] == "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR"
    )
