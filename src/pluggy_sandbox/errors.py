"""Pluggy's error bodies: a table of status, code and the exact words; a class for what is more than words."""

from typing import ClassVar

from pluggy_sandbox.shapes import Json


class PluggyError(Exception):
    """An answer that is not a success: status, message and optional code."""

    status: ClassVar[int] = 500
    code_description: ClassVar[str | None] = None
    message: ClassVar[str] = "Internal Server Error"

    def __init__(self, message: str | None = None, **extra: object) -> None:
        super().__init__(message or self.message)
        self.text = message or self.message
        self.extra = extra

    def body(self) -> Json:
        body: Json = {"code": self.status, "message": self.text}
        if self.code_description:
            body["codeDescription"] = self.code_description
        return {**body, **self.extra}


class Malformed(PluggyError):
    """A query or a body that fails validation; carries no codeDescription."""

    status = 400
    message = "Bad Request"


class ItemUserAlreadyExists(Malformed):
    code_description = "ITEM_USER_ALREADY_EXISTS"
    message = "An item with these credentials already exists"

    def body(self) -> Json:
        """The published example of this one answer has no `code`."""
        body = super().body()
        del body["code"]
        return body


class Forbidden(PluggyError):
    """A token that is absent, stale or too weak; carries no codeDescription."""

    status = 403
    message = "Missing or invalid authorization token"


class NotFound(PluggyError):
    """An unknown id; the code and the words follow from the name of the resource."""

    status = 404
    message = "Not Found"

    def __init__(self, resource: str) -> None:
        super().__init__(
            f"{resource} not found", codeDescription=f"{resource.upper().replace(' ', '_')}_NOT_FOUND"
        )


class NoSuchRoute(PluggyError):
    status = 404

    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"Cannot {method} {path}")


class BadGateway(PluggyError):
    status = 502
    message = "Bad Gateway"


def _kind(status: int, code: str | None, message: str) -> type[PluggyError]:
    """A kind of error that is nothing but its words; 400 are Malformed, 502 are BadGateway."""
    base = {400: Malformed, 502: BadGateway}.get(status, PluggyError)
    kind: type[PluggyError] = type(
        code or base.__name__, (base,), {"status": status, "code_description": code, "message": message}
    )
    return kind


InvalidCursor = _kind(400, None, "Invalid cursor")
TooManyIds = _kind(400, "IDS_PARAMETER_EXCEEDS_MAX_LENGTH", "ids parameter exceeds the maximum of 500 ids")
ConnectorValidationError = _kind(
    400, "CONNECTOR_VALIDATION_ERROR", "There were errors validating connector parameters"
)
ParametersNotProvided = _kind(400, "PARAMETERS_NOT_PROVIDED", "Parameters were not provided")
RequiredParameterMissing = _kind(
    400,
    "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR",
    "A required parameter of the connector was not provided",
)
MfaParameterAlreadyUsed = _kind(
    400,
    "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR",
    "The MFA parameter was already used in the previous execution",
)
TooManyConsecutiveErrors = _kind(
    400, "TOO_MANY_CONSECUTIVE_ERRORS", "The item had too many consecutive errors"
)
TooManyConsecutiveLoginFailures = _kind(
    400,
    "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES",
    "The item had too many consecutive login failures, please wait before trying again",
)
LastExecutionHadLoginError = _kind(
    400,
    "LAST_EXECUTION_HAD_LOGIN_ERROR",
    "Last execution had a login error, new credentials must be provided",
)
MeuPluggyCannotUpdate = _kind(400, None, "MeuPluggy item cant be updated")
MfaAlreadyProvided = _kind(400, "ITEM_MFA_ALREADY_PROVIDED", "MFA parameter was already provided")
MfaNotFound = _kind(400, "ITEM_MFA_NOT_FOUND", "The item is not waiting for an MFA parameter")
MfaExpired = _kind(400, "ITEM_MFA_EXPIRED", "The time to provide the MFA parameter has expired")
MfaParameterMismatch = _kind(
    400, "ITEM_MFA_PARAMETER_EXPECTED_MISMATCH", "The provided parameter is not the expected one"
)
BalanceInvalidRequest = _kind(
    400, "BALANCE_INVALID_REQUEST", "The balance of this account can't be requested"
)
ScrInvalidRequest = _kind(400, "SCR_INVALID_REQUEST", "Invalid SCR request")
ClientKeysUnauthorized = _kind(401, "CLIENT_KEYS_UNAUTHORIZED", "Client keys are invalid")
ClientDisabled = _kind(401, "CLIENT_DISABLED", "Client is disabled")
ClientIpNotAllowed = _kind(403, "CLIENT_IP_NOT_ALLOWED", "Client IP is not allowed")
FeatureNotEnabled = _kind(403, "FEATURE_NOT_ENABLED", "This feature is not enabled for your application")
BalanceConsentError = _kind(403, "BALANCE_CONSENT_ERROR", "The consent does not allow reading the balance")
CategoryRuleForbidden = _kind(403, "CATEGORY_RULE_FORBIDDEN", "The category rule belongs to another client")
ItemCreationLimitExceeded = _kind(
    409, "ITEM_CREATION_LIMIT_EXCEEDED", "You have reached the limit of items for your plan"
)
UpdatingBeforeAllowedFrequency = _kind(
    409,
    "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY",
    "The item was updated more recently than your plan allows",
)
ItemIsAlreadyUpdating = _kind(409, "ITEM_IS_ALREADY_UPDATING", "Item is already updating")
ConnectorOffline = _kind(409, "CONNECTOR_OFFLINE", "Connector is offline")
Gone = _kind(410, None, "This endpoint is no longer available, use GET /v2/transactions instead")
DocumentNotEligible = _kind(422, None, "The document is unknown or not eligible")
TooManyRequests = _kind(
    429, None, "Too many requests. Please try again later (see Retry-After header in seconds)"
)
BalanceRateLimit = _kind(
    429, "BALANCE_OPEN_FINANCE_RATE_LIMIT", "The Open Finance monthly limit of balance requests was reached"
)
InternalServerError = _kind(500, "INTERNAL_SERVER_ERROR", "Internal Server Error")
BalanceFetchError = _kind(500, "BALANCE_FETCH_ERROR", "The balance could not be fetched")
BalanceConnectorUnavailable = _kind(502, "BALANCE_CONNECTOR_UNAVAILABLE", "The institution is unavailable")
