"""Every trouble of a connection has a meaning and a next step; none is a surprise."""

import pytest

from financehub.banking.models import Item
from financehub.banking.problems import PROBLEMS, UNKNOWN, Action, code_of, problem_of, problem_of_code
from financehub.providers.pluggy import errors
from financehub.providers.pluggy.errors import Refusal
from financehub.providers.pluggy.shapes.items import ExecutionStatus, ItemStatus

PROGRESS = {word for word in ExecutionStatus if word.endswith("_IN_PROGRESS")} | {
    ExecutionStatus.CREATING,
    ExecutionStatus.CREATED,
    ExecutionStatus.MERGING,
    ExecutionStatus.SUCCESS,
}


def item(status: str, execution_status: str = "", error_code: str = "") -> Item:
    return Item(status=status, execution_status=execution_status, error_code=error_code)


@pytest.mark.parametrize("word", sorted(set(ExecutionStatus) - PROGRESS))
def test_every_word_of_the_vendor_that_is_not_progress_is_in_the_table(word: str) -> None:
    assert PROBLEMS[word].code == word


@pytest.mark.parametrize(
    ("connection", "code", "action"),
    [
        (item("LOGIN_ERROR", "INVALID_CREDENTIALS"), "INVALID_CREDENTIALS", Action.REQUIRE_USER_ACTION),
        (item("LOGIN_ERROR"), "LOGIN_ERROR", Action.REQUIRE_USER_ACTION),
        (item("OUTDATED", "USER_INPUT_TIMEOUT"), "USER_INPUT_TIMEOUT", Action.RETRY_IMMEDIATELY),
        (item("OUTDATED", "SITE_NOT_AVAILABLE"), "SITE_NOT_AVAILABLE", Action.RETRY_WITH_BACKOFF),
        (item("OUTDATED", "ERROR", "ACCOUNT_LOCKED"), "ACCOUNT_LOCKED", Action.REQUIRE_USER_ACTION),
        (item("UPDATED", "PARTIAL_SUCCESS"), "PARTIAL_SUCCESS", Action.WAIT),
        (item("WAITING_USER_INPUT", "WAITING_USER_INPUT"), "WAITING_USER_INPUT", Action.REQUIRE_USER_ACTION),
        (
            item("OUTDATED", "USER_AUTHORIZATION_REVOKED"),
            "USER_AUTHORIZATION_REVOKED",
            Action.RENEW_CONSENT,
        ),
    ],
)
def test_the_closest_reason_decides(connection: Item, code: str, action: Action) -> None:
    problem = problem_of(connection)
    assert problem is not None
    assert (problem.code, problem.action) == (code, action)


@pytest.mark.parametrize(
    "connection",
    [
        item("UPDATED", "SUCCESS"),
        item("UPDATING", "LOGIN_IN_PROGRESS"),
        item("MERGING"),
        item("UPDATING", "CREATED", "INVALID_CREDENTIALS"),
    ],
)
def test_what_works_or_is_being_done_is_no_problem(connection: Item) -> None:
    assert problem_of(connection) is None


def test_a_word_the_vendor_invents_later_is_unknown_and_retried() -> None:
    assert problem_of(item("BRAND_NEW", "NEVER_SEEN")) == UNKNOWN
    assert problem_of_code("NEVER_SEEN").action == Action.RETRY_WITH_BACKOFF


@pytest.mark.parametrize(
    ("kind", "vendor_code", "code"),
    [
        (errors.PluggyRateLimited, "", "RATE_LIMIT_EXCEEDED"),
        (errors.PluggyUnavailable, "", "SERVICE_UNAVAILABLE"),
        (errors.PluggyGarbled, "", "VENDOR_GARBLED"),
        (errors.PluggyAuthFailed, "", "VENDOR_AUTH_FAILED"),
        (errors.PluggyRejected, "SOMETHING_ELSE", "SOMETHING_ELSE"),
        (errors.PluggyRejected, "", "VENDOR_REFUSED"),
    ],
)
def test_a_failed_call_has_a_code(kind: type[errors.PluggyError], vendor_code: str, code: str) -> None:
    assert code_of(kind(Refusal(call="GET /items/{id}", status=400, code=vendor_code))) == code


def test_the_table_knows_every_status_a_connection_can_rest_in() -> None:
    resting = set(ItemStatus) - {ItemStatus.UPDATING, ItemStatus.MERGING, ItemStatus.UPDATED}
    assert resting <= set(PROBLEMS)
