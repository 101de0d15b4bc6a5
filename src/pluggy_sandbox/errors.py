"""Pluggy's error bodies, one small class per code, with the exact words."""

from typing import ClassVar

from pluggy_sandbox.shapes import Json


class PluggyError(Exception):
    """An answer that is not a success: status, message and optional code."""

    status: ClassVar[int] = 500
    code_description: ClassVar[str | None] = None
    message: ClassVar[str] = "Internal Server Error"

    def __init_subclass__(
        cls, *, status: int | None = None, code: str | None = None, message: str | None = None
    ) -> None:
        """A kind of error is one line: what it does not name is its family's."""
        cls.status = cls.status if status is None else status
        cls.code_description = cls.code_description if code is None else code
        cls.message = cls.message if message is None else message

    def __init__(self, message: str | None = None, **extra: object) -> None:
        super().__init__(message or self.message)
        self.text = message or self.message
        self.extra = extra

    def body(self) -> Json:
        body: Json = {"code": self.status, "message": self.text}
        if self.code_description:
            body["codeDescription"] = self.code_description
        return {**body, **self.extra}


class Malformed(PluggyError, status=400, message="Bad Request"):
    """A query or a body that fails validation; carries no codeDescription."""


class InvalidCursor(Malformed, message="Invalid cursor"):
    pass


class TooManyIds(
    Malformed, code="IDS_PARAMETER_EXCEEDS_MAX_LENGTH", message="ids parameter exceeds the maximum of 500 ids"
):
    pass


class ConnectorValidationError(
    Malformed, code="CONNECTOR_VALIDATION_ERROR", message="There were errors validating connector parameters"
):
    pass


class ParametersNotProvided(
    Malformed, code="PARAMETERS_NOT_PROVIDED", message="Parameters were not provided"
):
    pass


class ItemUserAlreadyExists(
    Malformed, code="ITEM_USER_ALREADY_EXISTS", message="An item with these credentials already exists"
):
    def body(self) -> Json:
        """The published example of this one answer has no `code`."""
        body = super().body()
        del body["code"]
        return body


class RequiredParameterMissing(
    Malformed,
    code="CONNECTOR_REQUIRED_PARAMETER_VALIDATION_ERROR",
    message="A required parameter of the connector was not provided",
):
    pass


class MfaParameterAlreadyUsed(
    Malformed,
    code="MFA_PARAMERTER_WAS_ALREADY_USED_ERROR",
    message="The MFA parameter was already used in the previous execution",
):
    pass


class TooManyConsecutiveErrors(
    Malformed, code="TOO_MANY_CONSECUTIVE_ERRORS", message="The item had too many consecutive errors"
):
    pass


class TooManyConsecutiveLoginFailures(
    Malformed,
    code="TOO_MANY_CONSECUTIVE_LOGIN_FAILURES",
    message="The item had too many consecutive login failures, please wait before trying again",
):
    pass


class LastExecutionHadLoginError(
    Malformed,
    code="LAST_EXECUTION_HAD_LOGIN_ERROR",
    message="Last execution had a login error, new credentials must be provided",
):
    pass


class MeuPluggyCannotUpdate(Malformed, message="MeuPluggy item cant be updated"):
    pass


class MfaAlreadyProvided(
    Malformed, code="ITEM_MFA_ALREADY_PROVIDED", message="MFA parameter was already provided"
):
    pass


class MfaNotFound(
    Malformed, code="ITEM_MFA_NOT_FOUND", message="The item is not waiting for an MFA parameter"
):
    pass


class MfaExpired(
    Malformed, code="ITEM_MFA_EXPIRED", message="The time to provide the MFA parameter has expired"
):
    pass


class MfaParameterMismatch(
    Malformed,
    code="ITEM_MFA_PARAMETER_EXPECTED_MISMATCH",
    message="The provided parameter is not the expected one",
):
    pass


class BalanceInvalidRequest(
    Malformed, code="BALANCE_INVALID_REQUEST", message="The balance of this account can't be requested"
):
    pass


class ScrInvalidRequest(Malformed, code="SCR_INVALID_REQUEST", message="Invalid SCR request"):
    pass


class ClientKeysUnauthorized(
    PluggyError, status=401, code="CLIENT_KEYS_UNAUTHORIZED", message="Client keys are invalid"
):
    pass


class ClientDisabled(PluggyError, status=401, code="CLIENT_DISABLED", message="Client is disabled"):
    pass


class Forbidden(PluggyError, status=403, message="Missing or invalid authorization token"):
    """A token that is absent, stale or too weak; carries no codeDescription."""


class ClientIpNotAllowed(
    PluggyError, status=403, code="CLIENT_IP_NOT_ALLOWED", message="Client IP is not allowed"
):
    pass


class FeatureNotEnabled(
    PluggyError,
    status=403,
    code="FEATURE_NOT_ENABLED",
    message="This feature is not enabled for your application",
):
    pass


class BalanceConsentError(
    PluggyError,
    status=403,
    code="BALANCE_CONSENT_ERROR",
    message="The consent does not allow reading the balance",
):
    pass


class CategoryRuleForbidden(
    PluggyError,
    status=403,
    code="CATEGORY_RULE_FORBIDDEN",
    message="The category rule belongs to another client",
):
    pass


class NotFound(PluggyError, status=404, message="Not Found"):
    """An unknown id; the code and the words follow from the name of the resource."""

    def __init__(self, resource: str) -> None:
        super().__init__(
            f"{resource} not found", codeDescription=f"{resource.upper().replace(' ', '_')}_NOT_FOUND"
        )


class NoSuchRoute(PluggyError, status=404):
    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"Cannot {method} {path}")


class ItemCreationLimitExceeded(
    PluggyError,
    status=409,
    code="ITEM_CREATION_LIMIT_EXCEEDED",
    message="You have reached the limit of items for your plan",
):
    pass


class UpdatingBeforeAllowedFrequency(
    PluggyError,
    status=409,
    code="CLIENT_IS_UPDATING_BEFORE_ALLOWED_FREQUENCY",
    message="The item was updated more recently than your plan allows",
):
    pass


class ItemIsAlreadyUpdating(
    PluggyError, status=409, code="ITEM_IS_ALREADY_UPDATING", message="Item is already updating"
):
    pass


class ConnectorOffline(PluggyError, status=409, code="CONNECTOR_OFFLINE", message="Connector is offline"):
    pass


class Gone(
    PluggyError, status=410, message="This endpoint is no longer available, use GET /v2/transactions instead"
):
    pass


class DocumentNotEligible(PluggyError, status=422, message="The document is unknown or not eligible"):
    pass


class TooManyRequests(
    PluggyError,
    status=429,
    message="Too many requests. Please try again later (see Retry-After header in seconds)",
):
    pass


class BalanceRateLimit(
    PluggyError,
    status=429,
    code="BALANCE_OPEN_FINANCE_RATE_LIMIT",
    message="The Open Finance monthly limit of balance requests was reached",
):
    pass


class InternalServerError(PluggyError, code="INTERNAL_SERVER_ERROR", message="Internal Server Error"):
    pass


class BalanceFetchError(PluggyError, code="BALANCE_FETCH_ERROR", message="The balance could not be fetched"):
    pass


class BadGateway(PluggyError, status=502, message="Bad Gateway"):
    pass


class BalanceConnectorUnavailable(
    BadGateway, code="BALANCE_CONNECTOR_UNAVAILABLE", message="The institution is unavailable"
):
    pass
