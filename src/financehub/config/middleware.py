"""Django's page middleware, left out of the API and the webhook doors, which read no session."""

from collections.abc import Callable

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.deprecation import MiddlewareMixin
from whitenoise.middleware import WhiteNoiseMiddleware

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API_PREFIX = "/api/"


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
