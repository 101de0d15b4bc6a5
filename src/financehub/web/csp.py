"""What a page may load: what is ours, the live socket by name, and the bank widget on one page only."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

P = ParamSpec("P")
HEADER = "Content-Security-Policy"


def origin(url: str) -> str:
    """Scheme, host and port of an address, as a policy names them."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def policy(*, with_widget: bool = False) -> str:
    """The header's value; the official widget needs a frame and its own style elements."""
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'" if with_widget else "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' {origin(settings.REALTIME_URL)}",
        "frame-src": origin(settings.PLUGGY_CONNECT_URL) if with_widget else "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: the strict policy on every answer that has none of its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy())
        return response

    return middleware


def allow_widget(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Decorate the view that opens the bank widget."""

    @wraps(view)
    def decorated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers[HEADER] = policy(with_widget=True)
        return response

    return decorated
