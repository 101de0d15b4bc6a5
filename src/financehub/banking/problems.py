"""What each trouble of a connection means for us: one table from codes to actions; doors find the words by code.

Codes are the vendor's: of executions (`item.error.code`), of warnings (`statusDetail.<product>.warnings`), of refused
calls (`codeDescription`); and ours for faults of the line that have none.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from financehub.banking.models import Item
from financehub.core.money import AmountOutOfRange
from financehub.providers.pluggy import errors


class Action(StrEnum):
    """What happens next."""

    RETRY_IMMEDIATELY = "retry_immediately"
    RETRY_WITH_BACKOFF = "retry_with_backoff"
    REQUIRE_USER_ACTION = "require_user_action"
    RENEW_CONSENT = "renew_consent"
    WAIT = "wait"
    STOP = "stop"


class Severity(StrEnum):
    """How loudly a page says it."""

    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"


class Schedule(StrEnum):
    """What our timers do meanwhile."""

    CONTINUE = "continue"  # as on any other day
    AGAIN = "again"  # look again after the delay, and less and less often
    PAUSE = "pause"  # not before a person has done something
    END = "end"  # never again


@dataclass(frozen=True)
class Problem:
    """A code, what to do about it, when, how bad it is, whom to tell, and the button that helps."""

    code: str
    action: Action
    severity: Severity
    schedule: Schedule
    delay: timedelta | None = None
    notification: str = ""
    step: str = ""  # reconnect, answer, refresh or nothing


def _minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


_RECONNECT = Problem(
    "", Action.REQUIRE_USER_ACTION, Severity.ERROR, Schedule.PAUSE, None, "connection_refused", "reconnect"
)
_RENEW = Problem("", Action.RENEW_CONSENT, Severity.ERROR, Schedule.PAUSE, None, "consent_ended", "reconnect")
_ANSWER = Problem(
    "", Action.REQUIRE_USER_ACTION, Severity.WARNING, Schedule.PAUSE, None, "connection_asks", "answer"
)
_SETTLE_AT_BANK = Problem(
    "", Action.REQUIRE_USER_ACTION, Severity.WARNING, Schedule.CONTINUE, None, "connection_asks", "refresh"
)
_GRANT_MORE = Problem("", Action.RENEW_CONSENT, Severity.NOTICE, Schedule.CONTINUE, step="reconnect")
_APPROVE_AT_BANK = Problem("", Action.REQUIRE_USER_ACTION, Severity.NOTICE, Schedule.CONTINUE)
_TRY_NOW = Problem(
    "", Action.RETRY_IMMEDIATELY, Severity.WARNING, Schedule.CONTINUE, timedelta(0), "", "refresh"
)
_AGAIN = Problem(
    "",
    Action.RETRY_WITH_BACKOFF,
    Severity.WARNING,
    Schedule.AGAIN,
    _minutes(5),
    "connection_failing",
    "refresh",
)
_LINE = Problem("", Action.RETRY_WITH_BACKOFF, Severity.WARNING, Schedule.AGAIN, _minutes(0.5), "", "refresh")
_CHOOSE_A_PLAN = Problem("", Action.REQUIRE_USER_ACTION, Severity.WARNING, Schedule.CONTINUE)
_WAIT = Problem("", Action.WAIT, Severity.NOTICE, Schedule.CONTINUE, None, "", "refresh")
_WAIT_A_LITTLE = Problem("", Action.WAIT, Severity.NOTICE, Schedule.AGAIN, _minutes(5), "", "refresh")
_INCOMPLETE = Problem("", Action.WAIT, Severity.WARNING, Schedule.CONTINUE, None, "", "refresh")
_NOT_THERE = Problem("", Action.STOP, Severity.NOTICE, Schedule.CONTINUE)
_STOP = Problem("", Action.STOP, Severity.ERROR, Schedule.END, None, "connection_ended")
_OPERATOR = Problem("", Action.STOP, Severity.ERROR, Schedule.PAUSE, None, "operator_must_look")

_CODES: tuple[tuple[Problem, str], ...] = (
    # executions
    (
        _RECONNECT,
        "INVALID_CREDENTIALS INVALID_CREDENTIALS_MFA ACCOUNT_CREDENTIALS_RESET ACCOUNT_LOCKED LOGIN_ERROR "
        "OUTDATED_CREDENTIALS USER_AUTHORIZATION_NOT_GRANTED",
    ),
    (_RENEW, "USER_AUTHORIZATION_REVOKED CONSENT_EXPIRED"),
    (_ANSWER, "MFA_REQUIRED WAITING_USER_INPUT WAITING_USER_ACTION"),
    (_SETTLE_AT_BANK, "ACCOUNT_NEEDS_ACTION ALREADY_LOGGED_IN"),
    (_TRY_NOW, "USER_INPUT_TIMEOUT"),
    (
        _AGAIN,
        "SITE_NOT_AVAILABLE INSTITUTION_UNAVAILABLE CONNECTION_ERROR UNEXPECTED_ERROR MERGE_ERROR ERROR "
        "CREATE_ERROR",
    ),
    (_WAIT_A_LITTLE, "USER_AUTHORIZATION_PENDING"),
    (_INCOMPLETE, "PARTIAL_SUCCESS PRODUCT_NOT_AVAILABLE OUTDATED"),
    (_STOP, "USER_NOT_SUPPORTED ITEM_DELETED"),
    (_CHOOSE_A_PLAN, "PLAN_WITHOUT_SYNC"),
    # faults of the line, and answers without a code
    (_LINE, "TIMEOUT NETWORK_ERROR CIRCUIT_OPEN SERVICE_UNAVAILABLE VENDOR_GARBLED WORKER_DIED"),
    (_OPERATOR, "VENDOR_AUTH_FAILED VENDOR_DENIED VENDOR_REFUSED VENDOR_GONE"),
    # refused calls
    (
        _RECONNECT,
        "CONNECTOR_VALIDATION_ERROR PARAMETERS_NOT_PROVIDED LAST_EXECUTION_HAD_LOGIN_ERROR "
        "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR ITEM_ORIGINAL_CONNECTED_WITH_DIFFERENT_ACCOUNT",
    ),
    (_GRANT_MORE, "BALANCE_CONSENT_ERROR"),
    (
        _TRY_NOW,
        "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR ITEM_MFA_ALREADY_PROVIDED ITEM_MFA_NOT_FOUND ITEM_MFA_EXPIRED "
        "ITEM_MFA_PARAMETER_EXPECTED_MISMATCH",
    ),
    (_LINE, "INTERNAL_SERVER_ERROR BALANCE_FETCH_ERROR"),
    (_AGAIN, "BALANCE_CONNECTOR_UNAVAILABLE CONNECTOR_OFFLINE"),
    (
        _WAIT,
        "RATE_LIMIT_EXCEEDED BALANCE_OPEN_FINANCE_RATE_LIMIT CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY",
    ),
    (_WAIT_A_LITTLE, "ITEM_IS_ALREADY_UPDATING ITEM_ALREADY_UPDATING"),
    (
        _WAIT_A_LITTLE,
        "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES TOO_MANY_CONSECUTIVE_ERRORS ITEM_IN_ERROR_COOLDOWN",
    ),
    (_STOP, "ITEM_USER_ALREADY_EXISTS"),
    (
        _OPERATOR,
        "CLIENT_KEYS_UNAUTHORIZED CLIENT_DISABLED CLIENT_IP_NOT_ALLOWED CLIENT_HAS_ITEM_UPDATES_DISABLED "
        "ITEM_CREATION_LIMIT_EXCEEDED CREATE_ITEMS_API_FREE_DISABLED SANDBOX_CLIENT_ITEM_UPDATE_NOT_ALLOWED "
        "IDS_PARAMETER_EXCEEDS_MAX_LENGTH BALANCE_INVALID_REQUEST SCR_INVALID_REQUEST CATEGORY_RULE_FORBIDDEN",
    ),
    # warnings of a product
    (_GRANT_MORE, "ACCT_001 ACCT_005 CC_001 CC_005 CC_006 TXN_001 TXN_004 INV_001 INV_002"),
    (_APPROVE_AT_BANK, "ACCT_002 CC_002"),
    (_INCOMPLETE, "ACCT_003 CC_003 TXN_005 001 002 003"),
    (_NOT_THERE, "ACCT_004 ACCT_006 CC_004 CC_007 TXN_002 INV_003 INV_005"),
    (_WAIT, "423 TXN_003 TXN_006 INV_004"),
)
_DELAYS = {
    "CONNECTION_ERROR": _minutes(2),
    "UNEXPECTED_ERROR": _minutes(10),
    "CONNECTOR_OFFLINE": _minutes(30),
    "VENDOR_GARBLED": _minutes(2),
    "WORKER_DIED": timedelta(0),
    "RATE_LIMIT_EXCEEDED": _minutes(1),
    "ITEM_IS_ALREADY_UPDATING": timedelta(seconds=5),
    "ITEM_ALREADY_UPDATING": timedelta(seconds=5),
    "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES": _minutes(15),
    "TOO_MANY_CONSECUTIVE_ERRORS": timedelta(hours=1),
    "ITEM_IN_ERROR_COOLDOWN": timedelta(hours=1),
}
PROBLEMS: dict[str, Problem] = {
    code: replace(kind, code=code, delay=_DELAYS.get(code, kind.delay))
    for kind, codes in _CODES
    for code in codes.split()
}

UNKNOWN = replace(_AGAIN, code="UNKNOWN", delay=_minutes(10))
ANY_FAULT = "INTERNAL_SERVER_ERROR"  # says no more than its HTTP status
GENERIC = ("LOAN_", "ID_")  # warnings of which only the family is known
LONGEST_BACKOFF = timedelta(hours=4)

CODE_OF_ERROR: tuple[tuple[type[errors.PluggyError], str], ...] = (
    (errors.PluggyRateLimited, "RATE_LIMIT_EXCEEDED"),
    (errors.PluggyUnavailable, "SERVICE_UNAVAILABLE"),
    (errors.PluggyGarbled, "VENDOR_GARBLED"),
    (errors.PluggyAuthFailed, "VENDOR_AUTH_FAILED"),
    (errors.PluggyDenied, "VENDOR_DENIED"),
    (errors.PluggyGone, "VENDOR_GONE"),
    (errors.ConnectorOffline, "CONNECTOR_OFFLINE"),
)


def code_of(error: errors.PluggyError | AmountOutOfRange) -> str:
    """Our code for a failed call: the vendor's own where the table knows it."""
    if isinstance(error, AmountOutOfRange):
        return "VENDOR_GARBLED"
    if error.code in PROBLEMS and error.code != ANY_FAULT:
        return error.code
    for kind, code in CODE_OF_ERROR:
        if isinstance(error, kind):
            return code
    return error.code or "VENDOR_REFUSED"


def problem_of_code(code: str) -> Problem:
    """The table's entry; a word the vendor invents later is UNKNOWN, with backoff."""
    if code.startswith(GENERIC):
        return replace(_INCOMPLETE, code=code)
    if code.endswith("_NOT_FOUND"):
        return replace(_NOT_THERE, code=code)
    return PROBLEMS.get(code, UNKNOWN)


def problem_of(item: Item, *, at: datetime | None = None) -> Problem | None:
    """What is wrong with a connection, or None when nothing is. `at`: also whether its consent has run out."""
    if item.is_waiting_for_input or item.is_waiting_for_action:
        return PROBLEMS[item.status]
    if item.is_updating or (item.is_healthy and not item.is_partial and not item.error_code):
        return PROBLEMS["CONSENT_EXPIRED"] if at and item.consent_has_expired(at) else None
    for code in (item.error_code, item.execution_status, item.status):
        if code in PROBLEMS:
            return PROBLEMS[code]
    return UNKNOWN


def next_look(item: Item, *, at: datetime) -> datetime | None:
    """When to ask again how a failing connection is: after the delay, then after as long as it has failed."""
    problem = problem_of(item)
    if problem is None or problem.schedule != Schedule.AGAIN or problem.delay is None:
        return None
    since = item.failing_since or at
    return at + min(max(problem.delay, at - since), LONGEST_BACKOFF)


def may_be_refreshed(item: Item) -> bool:
    """Whether the vendor takes a PATCH for it: never for what refreshes itself, nor for one that has ended."""
    return item.connector.can_be_refreshed and not item.is_disconnected
