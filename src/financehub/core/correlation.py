"""One id per request, on every log line and on the answer."""

import re
import secrets
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponseBase

ACCEPTED = re.compile(r"^[\w.-]{8,64}$")


def correlate(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: take the caller's X-Request-ID when it is sane, else make one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        correlation_id = given if ACCEPTED.match(given) else secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(correlation_id=correlation_id)
        response = get_response(request)
        response.headers["X-Request-ID"] = correlation_id
        return response

    return middleware
