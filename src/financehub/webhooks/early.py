"""The webhook doors before Django's chain: pages' middleware has nothing to do there and costs a third of an answer."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.core.handlers.wsgi import WSGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from financehub.webhooks.receiving import receive_pluggy, receive_stripe

Environ = dict[str, Any]  # what WSGI itself declares
StartResponse = Callable[..., object]
Wsgi = Callable[..., Iterable[bytes] | HttpResponseBase]
View = Callable[[HttpRequest], HttpResponse]

DOORS: dict[str, View] = {
    "/api/webhooks/pluggy": receive_pluggy,
    "/api/banking/pluggy/webhook": receive_pluggy,
    "/api/webhooks/stripe": receive_stripe,
}


def doors_first(inner: Wsgi) -> Wsgi:
    """Posts to a door are answered here; everything else goes on to `inner`, which knows the same addresses."""

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes] | HttpResponseBase:
        view = DOORS.get(str(environ.get("PATH_INFO", "")).rstrip("/"))
        if view is None or environ.get("REQUEST_METHOD") != "POST":
            return inner(environ, start_response)
        answer = _answer(view, WSGIRequest(environ))
        headers = [(name, value) for name, value in answer.items()]
        headers.append(("Content-Length", str(len(answer.content))))
        start_response(f"{answer.status_code} {answer.reason_phrase}", headers)
        return [answer.content]

    return application


def _answer(view: View, request: HttpRequest) -> HttpResponse:
    """Once more on a fresh connection when the database's end of the old one was gone."""
    structlog.contextvars.clear_contextvars()
    answer = view(request)
    if answer.status_code == 503:
        close_old_connections()
        answer = view(request)
        close_old_connections()
    return answer
