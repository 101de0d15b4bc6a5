"""Every trouble of a connection has a meaning and a next step; none is a surprise."""

from datetime import timedelta

import pytest

from financehub.banking.models import Connector, Item
from financehub.banking.problems import (
    PROBLEMS,
    UNKNOWN,
    Action,
    Schedule,
    code_of,
    may_be_refreshed,
    next_look,
    problem_of,
    problem_of_code,
)
from financehub.core import clock
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


OF_THE_BRIEF = {
    "INVALID_CREDENTIALS": (Action.REQUIRE_USER_ACTION, Schedule.PAUSE, None),
    "LOGIN_ERROR": (Action.REQUIRE_USER_ACTION, Schedule.PAUSE, None),
    "OUTDATED_CREDENTIALS": (Action.REQUIRE_USER_ACTION, Schedule.PAUSE, None),
    "MFA_REQUIRED": (Action.REQUIRE_USER_ACTION, Schedule.PAUSE, None),
    "USER_INPUT_TIMEOUT": (Action.RETRY_IMMEDIATELY, Schedule.CONTINUE, 0),
    "USER_AUTHORIZATION_PENDING": (Action.WAIT, Schedule.AGAIN, 300),
    "USER_AUTHORIZATION_NOT_GRANTED": (Action.REQUIRE_USER_ACTION, Schedule.PAUSE, None),
    "USER_AUTHORIZATION_REVOKED": (Action.RENEW_CONSENT, Schedule.PAUSE, None),
    "CONSENT_EXPIRED": (Action.RENEW_CONSENT, Schedule.PAUSE, None),
    "RATE_LIMIT_EXCEEDED": (Action.WAIT, Schedule.CONTINUE, 60),
    "423": (Action.WAIT, Schedule.CONTINUE, None),
    "CONNECTION_ERROR": (Action.RETRY_WITH_BACKOFF, Schedule.AGAIN, 120),
    "TIMEOUT": (Action.RETRY_WITH_BACKOFF, Schedule.AGAIN, 30),
    "SERVICE_UNAVAILABLE": (Action.RETRY_WITH_BACKOFF, Schedule.AGAIN, 30),
    "INSTITUTION_UNAVAILABLE": (Action.RETRY_WITH_BACKOFF, Schedule.AGAIN, 300),
    "PARTIAL_SUCCESS": (Action.WAIT, Schedule.CONTINUE, None),
    "PRODUCT_NOT_AVAILABLE": (Action.WAIT, Schedule.CONTINUE, None),
}


@pytest.mark.parametrize("code", OF_THE_BRIEF)
def test_a_named_trouble_has_its_action_schedule_and_delay(code: str) -> None:
    action, schedule, seconds = OF_THE_BRIEF[code]
    problem = PROBLEMS[code]
    assert (problem.code, problem.action, problem.schedule) == (code, action, schedule)
    assert (None if problem.delay is None else problem.delay.total_seconds()) == seconds


@pytest.mark.parametrize("vendor_code", sorted(errors.BY_CODE))
def test_every_refusal_that_the_client_knows_is_in_the_table(vendor_code: str) -> None:
    refused = errors.error_for(Refusal(call="PATCH /items/{id}", status=400, code=vendor_code))
    assert code_of(refused) == vendor_code
    assert PROBLEMS[vendor_code].code == vendor_code


@pytest.mark.parametrize("code", ["LOAN_001", "ID_007"])
def test_a_warning_of_which_only_the_family_is_known_waits(code: str) -> None:
    assert (problem_of_code(code).code, problem_of_code(code).action) == (code, Action.WAIT)


def test_what_is_not_there_is_not_tried_again() -> None:
    assert problem_of_code("CREDIT_CARD_BILL_NOT_FOUND").action == Action.STOP


def test_only_a_retry_has_a_time_of_its_own() -> None:
    for problem in PROBLEMS.values():
        assert problem.schedule != Schedule.AGAIN or problem.delay is not None
        assert problem.action != Action.RETRY_WITH_BACKOFF or problem.schedule == Schedule.AGAIN


class TestNextLook:
    def test_comes_after_the_delay_then_less_and_less_often(self) -> None:
        failing, at = item("OUTDATED", "SITE_NOT_AVAILABLE"), clock.now()
        assert next_look(failing, at=at) == at + timedelta(minutes=5)
        failing.failing_since = at - timedelta(hours=1)
        assert next_look(failing, at=at) == at + timedelta(hours=1)
        failing.failing_since = at - timedelta(days=9)
        assert next_look(failing, at=at) == at + timedelta(hours=4)

    @pytest.mark.parametrize(
        "connection", [item("UPDATED", "SUCCESS"), item("LOGIN_ERROR"), item("UPDATED", "PARTIAL_SUCCESS")]
    )
    def test_does_not_come_where_looking_mends_nothing(self, connection: Item) -> None:
        assert next_look(connection, at=clock.now()) is None


def test_an_item_whose_consent_has_run_out_says_so_though_it_was_updated() -> None:
    at = clock.now()
    connection = item("UPDATED", "SUCCESS")
    connection.consent_expires_at = at - timedelta(minutes=1)
    problem = problem_of(connection, at=at)
    assert problem is not None
    assert problem.code == "CONSENT_EXPIRED"
    connection.consent_expires_at = at + timedelta(minutes=1)
    assert problem_of(connection, at=at) is None


def test_meu_pluggy_and_what_has_ended_are_never_refreshed() -> None:
    assert may_be_refreshed(Item(connector=Connector(id=601)))
    assert not may_be_refreshed(Item(connector=Connector(id=200)))
    assert not may_be_refreshed(Item(connector=Connector(id=601), disconnected_at=clock.now()))
