"""What each trouble of a connection means for us: one table from codes to actions; doors find the words by code."""

from dataclasses import dataclass
from enum import StrEnum

from financehub.banking.models import Item
from financehub.providers.pluggy import errors


class Action(StrEnum):
    """What happens next."""

    RETRY_IMMEDIATELY = "retry_immediately"
    RETRY_WITH_BACKOFF = "retry_with_backoff"
    REQUIRE_USER_ACTION = "require_user_action"
    RECONNECT = "reconnect"
    RENEW_CONSENT = "renew_consent"
    WAIT = "wait"
    STOP = "stop"


class Severity(StrEnum):
    """How loudly a page says it."""

    NOTICE = "notice"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Problem:
    """A code, what to do about it, and how bad it is."""

    code: str
    action: Action
    severity: Severity


def _problems(action: Action, severity: Severity, *codes: str) -> dict[str, Problem]:
    return {code: Problem(code, action, severity) for code in codes}


PROBLEMS: dict[str, Problem] = {
    **_problems(
        Action.RECONNECT,
        Severity.ERROR,
        "INVALID_CREDENTIALS",
        "INVALID_CREDENTIALS_MFA",
        "ACCOUNT_CREDENTIALS_RESET",
        "LOGIN_ERROR",
        "OUTDATED_CREDENTIALS",
        "USER_AUTHORIZATION_NOT_GRANTED",
    ),
    **_problems(Action.RENEW_CONSENT, Severity.ERROR, "USER_AUTHORIZATION_REVOKED", "CONSENT_EXPIRED"),
    **_problems(
        Action.REQUIRE_USER_ACTION,
        Severity.WARNING,
        "MFA_REQUIRED",
        "ACCOUNT_NEEDS_ACTION",
        "ALREADY_LOGGED_IN",
        "ACCOUNT_LOCKED",
        "WAITING_USER_INPUT",
        "WAITING_USER_ACTION",
    ),
    **_problems(Action.RETRY_IMMEDIATELY, Severity.WARNING, "USER_INPUT_TIMEOUT"),
    **_problems(
        Action.RETRY_WITH_BACKOFF,
        Severity.WARNING,
        "SITE_NOT_AVAILABLE",
        "CONNECTION_ERROR",
        "UNEXPECTED_ERROR",
        "MERGE_ERROR",
        "ERROR",
        "CREATE_ERROR",
        "TIMEOUT",
        "SERVICE_UNAVAILABLE",
        "INSTITUTION_UNAVAILABLE",
        "VENDOR_GARBLED",
        "CONNECTOR_OFFLINE",
    ),
    **_problems(Action.WAIT, Severity.NOTICE, "USER_AUTHORIZATION_PENDING", "RATE_LIMIT_EXCEEDED", "423"),
    **_problems(Action.WAIT, Severity.WARNING, "PARTIAL_SUCCESS", "PRODUCT_NOT_AVAILABLE", "OUTDATED"),
    **_problems(
        Action.STOP,
        Severity.ERROR,
        "USER_NOT_SUPPORTED",
        "ITEM_DELETED",
        "VENDOR_AUTH_FAILED",
        "VENDOR_DENIED",
    ),
}

UNKNOWN = Problem("UNKNOWN", Action.RETRY_WITH_BACKOFF, Severity.WARNING)

CODE_OF_ERROR: tuple[tuple[type[errors.PluggyError], str], ...] = (
    (errors.PluggyRateLimited, "RATE_LIMIT_EXCEEDED"),
    (errors.PluggyUnavailable, "SERVICE_UNAVAILABLE"),
    (errors.PluggyGarbled, "VENDOR_GARBLED"),
    (errors.PluggyAuthFailed, "VENDOR_AUTH_FAILED"),
    (errors.PluggyDenied, "VENDOR_DENIED"),
    (errors.ConnectorOffline, "CONNECTOR_OFFLINE"),
)


def code_of(error: errors.PluggyError) -> str:
    """Our code for a failed call."""
    for kind, code in CODE_OF_ERROR:
        if isinstance(error, kind):
            return code
    return error.code or UNKNOWN.code


def problem_of_code(code: str) -> Problem:
    """The table's entry; a word the vendor invents later is UNKNOWN, with backoff."""
    return PROBLEMS.get(code, UNKNOWN)


def problem_of(item: Item) -> Problem | None:
    """What is wrong with a connection, or None when nothing is."""
    if item.is_waiting_for_input or item.is_waiting_for_action:
        return PROBLEMS[item.status]
    if item.is_updating or (item.is_healthy and not item.is_partial and not item.error_code):
        return None
    for code in (item.error_code, item.execution_status, item.status):
        if code in PROBLEMS:
            return PROBLEMS[code]
    return UNKNOWN
