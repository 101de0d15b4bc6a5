"""Django's page middleware, left out of the API and the webhook doors, which read no session."""

from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.deprecation import MiddlewareMixin
from whitenoise.middleware import WhiteNoiseMiddleware

from financehub.api.errors import body

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API_PREFIX = "/api/"


def without_nul(get_response: GetResponse) -> GetResponse:
    """Middleware: 400 for an address or a field that holds NUL, which PostgreSQL keeps in no text."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        is_api = request.path_info.startswith(API_PREFIX)
        if _holds_nul(request) or (not is_api and _form_holds_nul(request)):
            message = "The request holds a NUL character."
            if is_api:
                return JsonResponse(body("invalid_request", message), status=400)
            raise BadRequest(message)
        return get_response(request)

    return middleware


def _holds_nul(request: HttpRequest) -> bool:
    return "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", "")


def _form_holds_nul(request: HttpRequest) -> bool:
    return request.method == "POST" and any(
        "\x00" in str(it) for _, them in request.POST.lists() for it in them
    )


class PagesOnly:
    """A middleware class, skipped for addresses under /api/."""

    def __init__(self, inner: type[MiddlewareMixin]) -> None:
        self._inner = inner

    def __call__(self, get_response: GetResponse) -> "PageMiddleware":
        return PageMiddleware(self._inner(get_response), get_response)


class PageMiddleware:
    """One link of the chain: the wrapped middleware for pages, straight through for the API."""

    def __init__(self, wrapped: MiddlewareMixin, get_response: GetResponse) -> None:
        self._wrapped = wrapped
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(API_PREFIX):
            return self._get_response(request)
        return self._wrapped(request)  # type: ignore[return-value]  # never async under WSGI

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> object:
        inner = getattr(self._wrapped, "process_view", None)  # Django's own protocol: the hook is optional
        if inner is None or request.path_info.startswith(API_PREFIX):
            return None
        return inner(request, view, args, kwargs)


sessions = PagesOnly(SessionMiddleware)
locale = PagesOnly(LocaleMiddleware)
csrf = PagesOnly(CsrfViewMiddleware)
signed_in_user = PagesOnly(AuthenticationMiddleware)
flash_messages = PagesOnly(MessageMiddleware)
static_files = PagesOnly(WhiteNoiseMiddleware)
