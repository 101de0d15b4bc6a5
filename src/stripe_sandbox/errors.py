"""The vendor's errors: a status, a type, a code, the parameter, and a message a developer can act on."""

from stripe_sandbox.shapes import Json

DOCUMENTATION = "https://stripe.com/docs/error-codes/"


class StripeError(Exception):
    """An answer that is not 2xx."""

    status = 400
    kind = "invalid_request_error"

    def __init__(
        self, message: str, *, code: str | None = None, param: str | None = None, **more: object
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.param, self.more = message, code, param, more

    def body(self) -> Json:
        error: Json = {"message": self.message, "type": self.kind}
        if self.code:
            error |= {"code": self.code, "doc_url": DOCUMENTATION + self.code.replace("_", "-")}
        if self.param:
            error["param"] = self.param
        return {"error": error | {key: value for key, value in self.more.items() if value is not None}}


class InvalidRequest(StripeError):
    """400: the request makes no sense, or not now."""


class NoSuchObject(StripeError):
    """404 when it is named in the path, 400 when in a parameter."""

    def __init__(self, what: str, object_id: str, param: str | None = None, status: int = 404) -> None:
        super().__init__(f"No such {what}: '{object_id}'", code="resource_missing", param=param or "id")
        self.status = status


class NoSuchAddress(StripeError):
    status = 404

    def __init__(self, method: str, path: str) -> None:
        super().__init__(f"Unrecognized request URL ({method}: {path}). Please see https://stripe.com/docs.")


class Unauthorized(StripeError):
    status = 401


class NotPermitted(StripeError):
    status = 403


class CardDeclined(StripeError):
    """402: the bank, or the card, said no. Extra fields: decline_code, payment_intent, payment_method."""

    status = 402
    kind = "card_error"


class KeyReused(StripeError):
    kind = "idempotency_error"

    def __init__(self, key: str) -> None:
        super().__init__(
            "Keys for idempotent requests can only be used with the same parameters they were first used with. "
            f"Try using a key other than '{key}' if you meant to execute a different request."
        )


class LockTimeout(StripeError):
    status = 429

    def __init__(self) -> None:
        super().__init__(
            "This object cannot be accessed right now because another API request or Stripe process is "
            "currently accessing it.",
            code="lock_timeout",
        )


class Conflict(StripeError):
    status = 409
    kind = "idempotency_error"

    def __init__(self) -> None:
        super().__init__(
            "There is currently another in-progress request using this Idempotent Key.",
            code="idempotency_key_in_use",
        )


class TooManyRequests(StripeError):
    status = 429

    def __init__(self) -> None:
        super().__init__("Request rate limit exceeded.", code="rate_limit")


class ServerTrouble(StripeError):
    status = 500
    kind = "api_error"

    def __init__(self, status: int = 500) -> None:
        super().__init__("An unknown error occurred.")
        self.status = status
