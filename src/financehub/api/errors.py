"""One shape for every error, and the table from kinds of errors to statuses."""

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from financehub.companies.api_keys import InvalidApiKey
from financehub.core import errors
from financehub.providers.pluggy import errors as pluggy
from financehub.providers.stripe import errors as stripe

log = structlog.get_logger()

RETRY_AFTER_SECONDS = 30

DOMAIN: tuple[tuple[type[errors.DomainError], int], ...] = (
    (InvalidApiKey, 401),
    (errors.Invalid, 422),
    (errors.NotFound, 404),
    (errors.Denied, 403),
    (errors.LimitReached, 403),
    (errors.Conflict, 409),
    (errors.TryLater, 503),
    (errors.NotConfigured, 503),
    (errors.DomainError, 400),
)

PLUGGY: tuple[tuple[type[pluggy.PluggyError], int, str], ...] = (
    (pluggy.PluggyUnavailable, 503, "pluggy_unavailable"),
    (pluggy.PluggyRateLimited, 503, "pluggy_rate_limited"),
    (pluggy.PluggyAuthFailed, 502, "pluggy_auth_failed"),
    (pluggy.PluggyGarbled, 502, "pluggy_garbled"),
    (pluggy.PluggyNotFound, 404, "not_found"),
    (pluggy.ConnectorOffline, 503, "connector_offline"),
    (pluggy.ItemLimitReached, 409, "pluggy_item_limit"),
    (pluggy.PluggyRejected, 409, "pluggy_rejected"),
    (pluggy.PluggyError, 502, "pluggy_error"),
)

STRIPE: tuple[tuple[type[stripe.StripeCallFailed], int, str], ...] = (
    (stripe.StripeUnavailable, 503, "stripe_unavailable"),
    (stripe.StripeCardDeclined, 402, "card_declined"),
    (stripe.StripeActionNeeded, 402, "payment_action_needed"),
    (stripe.StripeAuthFailed, 502, "stripe_auth_failed"),
    (stripe.StripeCallFailed, 502, "stripe_refused"),
)

HTTP = {
    401: "unauthenticated",
    403: "denied",
    404: "not_found",
    405: "method_not_allowed",
    429: "too_many_requests",
}


def body(code: str, message: str, details: object = None) -> dict[str, object]:
    """The shape."""
    return {"error": {"code": code, "message": message, "details": details or {}}}


def install(api: NinjaAPI) -> None:
    """Answer every error of this API in the shape."""

    @api.exception_handler(errors.DomainError)
    def domain(request: HttpRequest, error: errors.DomainError) -> HttpResponse:
        status = next(status for kind, status in DOMAIN if isinstance(error, kind))
        beside = error.details if isinstance(error, errors.LimitReached) else {}
        content = body(error.code, error.message, error.details) | beside
        return _headers(api.create_response(request, content, status=status), status)

    @api.exception_handler(pluggy.PluggyError)
    def vendor(request: HttpRequest, error: pluggy.PluggyError) -> HttpResponse:
        status, code = next((status, code) for kind, status, code in PLUGGY if isinstance(error, kind))
        log.warning("vendor_refused", error=str(error), status=status)
        content = body(code, "Pluggy did not do what was asked.", {"vendorCode": error.code})
        return _headers(api.create_response(request, content, status=status), status)

    @api.exception_handler(stripe.StripeCallFailed)
    def payments(request: HttpRequest, error: stripe.StripeCallFailed) -> HttpResponse:
        status, code = next((status, code) for kind, status, code in STRIPE if isinstance(error, kind))
        log.warning("vendor_refused", error=str(error), status=status)
        content = body(code, "Stripe did not do what was asked.", {"vendorCode": error.code})
        return _headers(api.create_response(request, content, status=status), status)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = [{"at": list(entry["loc"]), "problem": entry["msg"]} for entry in error.errors]
        content = body("invalid_request", "The request does not have the expected shape.", {"fields": fields})
        return api.create_response(request, content, status=422)

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        is_anonymous = isinstance(error, AuthenticationError)
        message = "An API key or a session is needed." if is_anonymous else error.message
        content = body(HTTP.get(error.status_code, "invalid_request"), message)
        return _headers(api.create_response(request, content, status=error.status_code), error.status_code)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
        return api.create_response(request, body("not_found", "There is no such thing here."), status=404)

    @api.exception_handler(Exception)
    def unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("api_failed", path=request.path, exc_info=error)
        return api.create_response(
            request, body("internal_error", "Something broke on our side."), status=500
        )


def _headers(response: HttpResponse, status: int) -> HttpResponse:
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Finance Hub"'
    elif status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
