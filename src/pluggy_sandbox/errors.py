"""Pluggy's error bodies, one small class per code, with the exact words."""

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


class InvalidCursor(Malformed):
    message = "Invalid cursor"


class TooManyIds(Malformed):
    code_description = "IDS_PARAMETER_EXCEEDS_MAX_LENGTH"
    message = "ids parameter exceeds the maximum of 500 ids"


class ConnectorValidationError(Malformed):
    code_description = "CONNECTOR_VALIDATION_ERROR"
    message = "There were errors validating connector parameters"


class ParametersNotProvided(Malformed):
    code_description = "PARAMETERS_NOT_PROVIDED"
    message = "Parameters were not provided"


class ItemUserAlreadyExists(Malformed):
    code_description = "ITEM_USER_ALREADY_EXISTS"
    message = "An item with these credentials already exists"

    def body(self) -> Json:
        """The published example of this one answer has no `code`."""
        body = super().body()
        del body["code"]
        return body


class RequiredParameterMissing(Malformed):
    code_description = "CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR"
    message = "A required parameter of the connector was not provided"


class MfaParameterAlreadyUsed(Malformed):
    code_description = "MFA_PARAMERTER_WAS_ALREADY_USED_ERROR"
    message = "The MFA parameter was already used in the previous execution"


class TooManyConsecutiveErrors(Malformed):
    code_description = "TOO_MANY_CONSECUTIVE_ERRORS"
    message = "The item had too many consecutive errors"


class TooManyConsecutiveLoginFailures(Malformed):
    code_description = "TOO_MANY_CONSECUTIVE_LOGIN_FAILURES"
    message = "The item had too many consecutive login failures, please wait before trying again"


class LastExecutionHadLoginError(Malformed):
    code_description = "LAST_EXECUTION_HAD_LOGIN_ERROR"
    message = "Last execution had a login error, new credentials must be provided"


class MeuPluggyCannotUpdate(Malformed):
    message = "MeuPluggy item cant be updated"


class MfaAlreadyProvided(Malformed):
    code_description = "ITEM_MFA_ALREADY_PROVIDED"
    message = "MFA parameter was already provided"


class MfaNotFound(Malformed):
    code_description = "ITEM_MFA_NOT_FOUND"
    message = "The item is not waiting for an MFA parameter"


class MfaExpired(Malformed):
    code_description = "ITEM_MFA_EXPIRED"
    message = "The time to provide the MFA parameter has expired"


class MfaParameterMismatch(Malformed):
    code_description = "ITEM_MFA_PARAMETER_EXPECTED_MISMATCH"
    message = "The provided parameter is not the expected one"


class BalanceInvalidRequest(Malformed):
    code_description = "BALANCE_INVALID_REQUEST"
    message = "The balance of this account can't be requested"


class ScrInvalidRequest(Malformed):
    code_description = "SCR_INVALID_REQUEST"
    message = "Invalid SCR request"


class ClientKeysUnauthorized(PluggyError):
    status = 401
    code_description = "CLIENT_KEYS_UNAUTHORIZED"
    message = "Client keys are invalid"


class ClientDisabled(PluggyError):
    status = 401
    code_description = "CLIENT_DISABLED"
    message = "Client is disabled"


class Forbidden(PluggyError):
    """A token that is absent, stale or too weak; carries no codeDescription."""

    status = 403
    message = "Missing or invalid authorization token"


class ClientIpNotAllowed(PluggyError):
    status = 403
    code_description = "CLIENT_IP_NOT_ALLOWED"
    message = "Client IP is not allowed"


class FeatureNotEnabled(PluggyError):
    status = 403
    code_description = "FEATURE_NOT_ENABLED"
    message = "This feature is not enabled for your application"


class BalanceConsentError(PluggyError):
    status = 403
    code_description = "BALANCE_CONSENT_ERROR"
    message = "The consent does not allow reading the balance"


class CategoryRuleForbidden(PluggyError):
    status = 403
    code_description = "CATEGORY_RULE_FORBIDDEN"
    message = "The category rule belongs to another client"


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


class ItemCreationLimitExceeded(PluggyError):
    status = 409
    code_description = "ITEM_CREATION_LIMIT_EXCEEDED"
    message = "You have reached the limit of items for your plan"


class UpdatingBeforeAllowedFrequency(PluggyError):
    status = 409
    code_description = "CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY"
    message = "The item was updated more recently than your plan allows"


class ItemIsAlreadyUpdating(PluggyError):
    status = 409
    code_description = "ITEM_IS_ALREADY_UPDATING"
    message = "Item is already updating"


class ConnectorOffline(PluggyError):
    status = 409
    code_description = "CONNECTOR_OFFLINE"
    message = "Connector is offline"


class Gone(PluggyError):
    status = 410
    message = "This endpoint is no longer available, use GET /v2/transactions instead"


class DocumentNotEligible(PluggyError):
    status = 422
    message = "The document is unknown or not eligible"


class TooManyRequests(PluggyError):
    status = 429
    message = "Too many requests. Please try again later (see Retry-After header in seconds)"


class BalanceRateLimit(PluggyError):
    status = 429
    code_description = "BALANCE_OPEN_FINANCE_RATE_LIMIT"
    message = "The Open Finance monthly limit of balance requests was reached"


class InternalServerError(PluggyError):
    code_description = "INTERNAL_SERVER_ERROR"
    message = "Internal Server Error"


class BalanceFetchError(PluggyError):
    code_description = "BALANCE_FETCH_ERROR"
    message = "The balance could not be fetched"


class BadGateway(PluggyError):
    status = 502
    message = "Bad Gateway"


class BalanceConnectorUnavailable(BadGateway):
    code_description = "BALANCE_CONNECTOR_UNAVAILABLE"
    message = "The institution is unavailable"
