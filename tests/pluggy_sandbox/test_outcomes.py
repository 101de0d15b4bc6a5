"""The tables of users and documents."""

import pytest

from pluggy_sandbox import outcomes


@pytest.mark.parametrize(
    ("user", "times"),
    [("user-ok", 1), ("user-ok-perf", 10), ("user-ok-perf-50x", 50), ("user-ok-perf-9000x", 5000)],
)
def test_perf_users_multiply_their_rows_up_to_a_limit(user: str, times: int) -> None:
    assert outcomes.multiplier_of(user) == times


def test_every_known_user_needs_the_password() -> None:
    for user in outcomes.USERS:
        assert outcomes.of_credentials(user, "password-wrong").error == "INVALID_CREDENTIALS"


def test_a_document_outside_the_table_succeeds() -> None:
    assert outcomes.of_document("52998224725") == outcomes.Outcome()


def test_an_approval_is_remembered_but_forgives_nothing_else() -> None:
    assert outcomes.once_approved(outcomes.USERS["user-ok-auth-pending"]).error is None
    assert outcomes.once_approved(outcomes.USERS["user-locked"]).error == "ACCOUNT_LOCKED"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("SUCCESS", "UPDATED"),
        ("PARTIAL_SUCCESS", "UPDATED"),
        ("ACCOUNT_LOCKED", "LOGIN_ERROR"),
        ("ERROR", "OUTDATED"),
    ],
)
def test_an_end_decides_the_status(code: str, status: str) -> None:
    assert outcomes.final_status(code) == status


def test_every_outcome_has_words() -> None:
    codes = {outcome.error for outcome in outcomes.USERS.values()} - {None}
    assert codes <= set(outcomes.MESSAGES)
