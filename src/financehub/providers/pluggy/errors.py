"""What can go wrong when we talk to Pluggy, one class for each thing a caller can do about it.

The text of an error holds the method, the path template, the HTTP status and Pluggy's code, never a body.
Pluggy's own words stay in `message` and `details` for the screens that show them.
"""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class RejectedDetail:
    """One entry of `details`: which parameter Pluggy refuses and why."""

    code: str = ""
    message: str = ""
    parameter: str = ""


@dataclass(frozen=True)
class Refusal:
    """A non-2xx answer, reduced to what the error classes need. `data` holds scalars only."""

    call: str
    status: int
    code: str = ""
    message: str = field(default="", repr=False)
    details: tuple[RejectedDetail, ...] = field(default=(), repr=False)
    items: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    retry_after: float | None = None

    def datum(self, name: str) -> str | None:
        return dict(self.data).get(name)


class PluggyError(Exception):
    """Anything that kept a call to Pluggy from answering. `code` is Pluggy's `codeDescription` or empty."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        self.status = refusal.status
        self.code = refusal.code
        self.message = refusal.message
        self.details = refusal.details
        what = f"HTTP {refusal.status} {refusal.code}".rstrip() if refusal.status else refusal.code
        super().__init__(f"{refusal.call}: {what}")

    def __reduce__(self) -> tuple[type["PluggyError"], tuple[Refusal]]:
        """Errors cross process borders whole: a worker pickles them."""
        return type(self), (self.refusal,)


class PluggyUnavailable(PluggyError):
    """Network error, time-out, 5xx or an open circuit: nothing is known to be wrong here, try later."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.retry_after = refusal.retry_after


class PluggyRateLimited(PluggyError):
    """Wait `retry_after` seconds. With a `code` a regulated quota is spent, not only the minute's."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.retry_after = refusal.retry_after


class PluggyAuthFailed(PluggyError):
    """The client id and secret, or a key made from them just now, are not accepted: a person must look."""


class PluggyDenied(PluggyError):
    """These keys may not do this (403 with a code, or a feature that is off): repeating does not help."""


class PluggyNotFound(PluggyError):
    """The object does not exist (any more), or its product was never collected."""


class PluggyGone(PluggyError):
    """Pluggy switched this endpoint off (410)."""


class PluggyGarbled(PluggyError):
    """A success whose body is not what the API promises: nothing of it may be stored.

    Its text says which field and which types disagree, never a value.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.args = (f"{self}: {refusal.message}",)


class PluggyRejected(PluggyError):
    """The request itself is refused (4xx): change it. `details` says which parameter and why."""


class InvalidCredentials(PluggyRejected):
    """The values break the Connector's own rules (format, required): the person must correct them."""


class MfaRejected(PluggyRejected):
    """The MFA value is missing, late, used before or not expected: ask the person for a new one."""


class ItemAlreadyUpdating(PluggyRejected):
    """An execution is running: wait for it instead of starting another."""


class ItemUpdatedTooSoon(PluggyRejected):
    """Already fresh: Pluggy allows no update yet. `min_hours` is the allowed frequency when told."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        hours = refusal.datum("minUpdateFrequencyAllowedInHours")
        self.min_hours = int(hours) if hours and hours.isdecimal() else None
        self.last_updated_at = _moment(refusal.datum("lastUpdatedAt"))


class DuplicateItem(PluggyRejected):
    """The same credentials already have an Item: `items` are the ids of those."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.items = refusal.items


class LoginBackoff(PluggyRejected):
    """Too many failed logins or syncs in a row: nothing may be tried before `can_retry_at`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.can_retry_at = _moment(refusal.datum("canRetryAfterDate"))


class NewCredentialsNeeded(PluggyRejected):
    """The last execution ended in a login error: a plain update is refused until new credentials are sent."""


class ItemLimitReached(PluggyRejected):
    """The Pluggy plan allows no more Items. `limit` is its number when told."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        limit = refusal.datum("itemsLimit")
        self.limit = int(limit) if limit and limit.isdecimal() else None


class ConnectorOffline(PluggyRejected):
    """The institution's Connector is down: offer to try again later."""


BY_CODE: dict[str, type[PluggyError]] = {
    "CONNECTOR_VALIDATION_ERROR": InvalidCredentials,
    "PARAMETERS_NOT_PROVIDED": InvalidCredentials,
    "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR": MfaRejected,  # spelt so by Pluggy
    "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR": MfaRejected,
    "ITEM_MFA_ALREADY_PROVIDED": MfaRejected,
    "ITEM_MFA_NOT_FOUND": MfaRejected,
    "ITEM_MFA_EXPIRED": MfaRejected,
    "ITEM_MFA_PARAMETER_EXPECTED_MISMATCH": MfaRejected,
    "ITEM_IS_ALREADY_UPDATING": ItemAlreadyUpdating,
    "ITEM_ALREADY_UPDATING": ItemAlreadyUpdating,
    "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY": ItemUpdatedTooSoon,
    "ITEM_USER_ALREADY_EXISTS": DuplicateItem,
    "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES": LoginBackoff,
    "TOO_MANY_CONSECUTIVE_ERRORS": LoginBackoff,
    "ITEM_IN_ERROR_COOLDOWN": LoginBackoff,
    "LAST_EXECUTION_HAD_LOGIN_ERROR": NewCredentialsNeeded,
    "ITEM_CREATION_LIMIT_EXCEEDED": ItemLimitReached,
    "CONNECTOR_OFFLINE": ConnectorOffline,
    "CLIENT_KEYS_UNAUTHORIZED": PluggyAuthFailed,
    "CLIENT_DISABLED": PluggyAuthFailed,
}

BY_STATUS: dict[int, type[PluggyError]] = {
    401: PluggyAuthFailed,
    403: PluggyDenied,
    404: PluggyNotFound,
    410: PluggyGone,
    429: PluggyRateLimited,
}


def error_for(refusal: Refusal) -> PluggyError:
    """The error that says what to do about a non-2xx answer."""
    if refusal.status >= 500:
        return PluggyUnavailable(refusal)
    if refusal.items and not refusal.code:
        return DuplicateItem(refusal)
    fallback = BY_STATUS.get(refusal.status, PluggyRejected)
    return BY_CODE.get(refusal.code, fallback)(refusal)


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
