"""Forms checked, logins read."""

import pytest

from pluggy_sandbox import credentials
from pluggy_sandbox.catalogue import connectors
from pluggy_sandbox.outcomes import Outcome

BY_ID = {row["id"]: row for row in connectors()}


def test_a_form_is_checked_field_by_field() -> None:
    found = credentials.problems(BY_ID[2], {"user": "nobody", "password": "password-ok"})
    assert [(row["code"], row["parameter"]) for row in found] == [("001", "user")]
    assert credentials.problems(BY_ID[2], {"user": "user-ok", "password": "password-ok"}) == []


def test_an_optional_field_may_be_empty() -> None:
    assert credentials.problems(BY_ID[10], {"user": "user-ok", "password": "password-ok"}) == []


def test_the_token_field_is_found() -> None:
    assert credentials.one_step_field(BY_ID[4]) == "token"
    assert credentials.one_step_field(BY_ID[2]) is None


@pytest.mark.parametrize(
    ("connector_id", "typed", "user", "document"),
    [
        (2, {"user": "user-ok", "password": "password-ok"}, "user-ok", "user-ok"),
        (600, {"cpf": "761.092.776-73"}, "76109277673", "76109277673"),
        (201, {"user": "529.982.247-25", "password": "password-ok"}, "529.982.247-25", "529.982.247-25"),
    ],
)
def test_a_login_says_who_it_is(connector_id: int, typed: dict, user: str, document: str) -> None:
    login = credentials.read_login(BY_ID[connector_id], typed)
    assert (login.user, login.document, login.outcome) == (user, document, Outcome())


def test_banks_of_the_real_world_play_sandbox_users_too() -> None:
    login = credentials.read_login(BY_ID[201], {"user": "user-locked", "password": "password-ok"})
    assert login.outcome.error == "ACCOUNT_LOCKED"


def test_an_unknown_user_of_a_sandbox_bank_is_refused() -> None:
    login = credentials.read_login(BY_ID[2], {"user": "user-who", "password": "password-ok"})
    assert login.outcome.error == "INVALID_CREDENTIALS"


def test_products_are_those_asked_for_that_exist() -> None:
    assert credentials.supported(BY_ID[2], ["LOANS", "MOVE_SECURITY"]) == ["LOANS"]
    assert credentials.supported(BY_ID[2], None) == BY_ID[2]["products"]


def test_an_encrypted_login_fills_every_field() -> None:
    assert credentials.decrypted(BY_ID[4]) == {
        "user": "user-ok",
        "password": "password-ok",
        "token": "123456",
    }
