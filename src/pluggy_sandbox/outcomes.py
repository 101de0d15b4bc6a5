"""Who is trying to log in decides what happens: the sandbox users and CPFs, as tables."""

import re
from dataclasses import dataclass, replace

from pluggy_sandbox import statuses, texts
from pluggy_sandbox.portfolio.casting import is_cast

ACCEPTED = "password-ok"
_PERF = re.compile(r"user-ok-perf(?:-(\d+)x)?")
PERF_DEFAULT, PERF_LIMIT = 10, 5000
APPROVAL_SECONDS = 300.0

LOGIN_ERRORS = frozenset(
    {
        statuses.INVALID_CREDENTIALS,
        statuses.INVALID_CREDENTIALS_MFA,
        statuses.ACCOUNT_LOCKED,
        statuses.ACCOUNT_CREDENTIALS_RESET,
        statuses.USER_NOT_SUPPORTED,
        statuses.USER_AUTHORIZATION_NOT_GRANTED,
        statuses.USER_AUTHORIZATION_REVOKED,
    }
)

MESSAGES = {
    statuses.INVALID_CREDENTIALS: "Credentials were refused by the institution",
    statuses.INVALID_CREDENTIALS_MFA: "The MFA value was refused by the institution",
    statuses.ALREADY_LOGGED_IN: "There is another open session at the institution",
    statuses.ACCOUNT_LOCKED: "The account is locked at the institution",
    statuses.ACCOUNT_CREDENTIALS_RESET: "The institution asks for the credentials to be reset",
    statuses.ACCOUNT_NEEDS_ACTION: "The user has a pending action at the institution",
    statuses.USER_AUTHORIZATION_PENDING: "The user's authorization is pending at the institution",
    statuses.USER_AUTHORIZATION_NOT_GRANTED: "The user did not grant the authorization",
    statuses.USER_AUTHORIZATION_REVOKED: "The user's authorization was revoked",
    statuses.USER_NOT_SUPPORTED: "This kind of user is not supported",
    statuses.USER_INPUT_TIMEOUT: "The user did not answer in time",
    statuses.SITE_NOT_AVAILABLE: "The institution is not available",
    statuses.CONNECTION_ERROR: "The connection with the institution failed",
    statuses.UNEXPECTED_ERROR: "An unexpected error happened",
}


@dataclass(frozen=True)
class Remark:
    """A remark on one product; `updated` tells whether its data is fresh all the same."""

    product: str
    code: str
    message: str
    updated: bool
    provider_message: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What the institution will do: ask for something, refuse, or open the door."""

    error: str | None = None
    provider_message: str | None = None
    mfa: str | None = None
    warnings: tuple[Remark, ...] = ()
    resolves_after: float | None = None  # seconds until a pending authorisation is granted by itself
    refused_at_bank: bool = False  # the mock bank rejects whatever the person presses
    needs_second_approval: bool = False


_ACCOUNTS_FAILED = tuple(
    Remark(product, "001", f"{product.capitalize()} could not be collected", updated=False)
    for product in ("ACCOUNTS", "TRANSACTIONS")
)
_ACCOUNT_WARNING = Remark(
    "ACCOUNTS",
    "001",
    "Some accounts have no balance detail",
    updated=True,
    provider_message=texts.BALANCE_MISSING,
)

USERS = {
    "user-ok": Outcome(),
    "user-logged": Outcome(statuses.ALREADY_LOGGED_IN),
    "user-locked": Outcome(statuses.ACCOUNT_LOCKED),
    "user-error": Outcome(statuses.UNEXPECTED_ERROR),
    "user-unavailable": Outcome(statuses.SITE_NOT_AVAILABLE),
    "user-account-need-actions": Outcome(statuses.ACCOUNT_NEEDS_ACTION),
    "user-account-need-actions-provider-message": Outcome(
        statuses.ACCOUNT_NEEDS_ACTION, provider_message=texts.PENDING_TERMS
    ),
    "user-connection-error": Outcome(statuses.CONNECTION_ERROR),
    "user-account-credentials-reset": Outcome(statuses.ACCOUNT_CREDENTIALS_RESET),
    "user-not-supported": Outcome(statuses.USER_NOT_SUPPORTED),
    "user-ok-account-error": Outcome(warnings=_ACCOUNTS_FAILED),
    "user-ok-account-warning": Outcome(warnings=(_ACCOUNT_WARNING,)),
    "user-ok-two-checking-accounts": Outcome(),
    "user-ok-auth-pending": Outcome(statuses.USER_AUTHORIZATION_PENDING, resolves_after=APPROVAL_SECONDS),
    "user-ok-img": Outcome(mfa="image"),
    "user-ok-qr": Outcome(mfa="qr"),  # ours: the vendor shows a QR code only with certain banks
    "user-ok-select": Outcome(mfa="select"),
    "user-ok-phone": Outcome(mfa="phone"),
    "user-ok-multi-company": Outcome(mfa="company"),
}

CPFS = {
    "76109277673": Outcome(),
    "23824264030": Outcome(needs_second_approval=True),
    "05117767055": Outcome(refused_at_bank=True),
}


def multiplier_of(user: str) -> int:
    """How many times over `user-ok-perf-Nx` wants its rows; 1 for anybody else."""
    match = _PERF.fullmatch(user)
    if not match:
        return 1
    return max(1, min(int(match[1] or PERF_DEFAULT), PERF_LIMIT))


def of_credentials(user: str, password: str | None) -> Outcome:
    """The outcome of a login with a user and a password (None where a bank has none)."""
    if password is not None and password != ACCEPTED:
        return Outcome(statuses.INVALID_CREDENTIALS)
    if _PERF.fullmatch(user):
        return Outcome()
    return USERS.get(user) or (Outcome() if is_cast(user) else Outcome(statuses.INVALID_CREDENTIALS))


def of_document(digits: str) -> Outcome:
    """The outcome of an Open Finance login; documents outside the table simply succeed."""
    return CPFS.get(digits, Outcome())


def once_approved(outcome: Outcome) -> Outcome:
    """The outcome for somebody whose device or second approver has already said yes."""
    pending = outcome.error == statuses.USER_AUTHORIZATION_PENDING
    return replace(outcome, error=None if pending else outcome.error, needs_second_approval=False)


def final_status(execution_status: str) -> str:
    """The `item.status` that an ended execution leaves behind."""
    if execution_status in (statuses.SUCCESS, statuses.PARTIAL_SUCCESS):
        return statuses.UPDATED
    return statuses.LOGIN_ERROR if execution_status in LOGIN_ERRORS else statuses.OUTDATED
