"""The door: check layer by layer, store once, answer."""

import structlog
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from financehub.core import clock
from financehub.webhooks import counting, layers, storing
from financehub.webhooks.notices import Notice, Source
from financehub.webhooks.sources.pluggy import PLUGGY
from financehub.webhooks.sources.stripe import STRIPE

KEPT_HEADERS = ("Content-Type", "Content-Length", "User-Agent", "Date", "X-Request-ID")
KEPT_HEADER_CHARACTERS = 200
TRY_AGAIN_SECONDS = "30"
THANKS = {
    True: b'{"received": true, "duplicate": false}',
    False: b'{"received": true, "duplicate": true}',
}

log = structlog.get_logger()


@csrf_exempt
def receive_pluggy(request: HttpRequest) -> HttpResponse:
    """The address Pluggy posts its events to."""
    return receive(request, PLUGGY)


@csrf_exempt
def receive_stripe(request: HttpRequest) -> HttpResponse:
    """The address Stripe posts its events to."""
    return receive(request, STRIPE)


def names_an_event(request: HttpRequest) -> bool:
    """Whether a body on an address shared with the API is a notification: then only this door answers."""
    if layers.is_too_long(request):
        return False
    return "event" in (layers.parse_object(request.body) or {})


def receive(request: HttpRequest, source: Source) -> HttpResponse:
    """2xx once the event is stored; 503 asks the vendor to try again; a refusal stores nothing."""
    try:
        body, notice = admit(request, source)
        stored = storing.store(source, notice, body, _sanitised(request))
    except layers.Refused as refusal:
        counting.count(source.name, refusal.layer)
        log.warning("webhook_refused", source=source.name, layer=refusal.layer, status=refusal.status)
        return _refusal(f"webhook_{refusal.layer}", refusal.status)
    except (DatabaseError, InterfaceError) as error:
        log.warning("webhook_not_stored", source=source.name, error=type(error).__name__)
        answer = _refusal("try_later", 503)
        answer.headers["Retry-After"] = TRY_AGAIN_SECONDS
        return answer
    return HttpResponse(THANKS[stored.is_new], status=202, content_type="application/json")


def admit(request: HttpRequest, source: Source) -> tuple[bytes, Notice]:
    """The raw body and its names, once every layer let the knock pass. Raises Refused."""
    at = clock.now()
    layers.require_open_door(source)
    body = layers.require_transport(request)
    layers.require_known_address(source, request)
    layers.require_authenticity(source, request, body)
    layers.require_freshness(source, request, clock.wall())
    return body, layers.require_structure(source, body, at)


def _refusal(code: str, status: int) -> JsonResponse:
    """The shape of every error of this product; a stranger learns no more than which layer refused."""
    error = {"code": code, "message": "This notification was not accepted.", "details": {}}
    return JsonResponse({"error": error}, status=status)


def _sanitised(request: HttpRequest) -> dict[str, str]:
    """Only headers known to hold no secret."""
    given = {name: request.headers.get(name) for name in KEPT_HEADERS}
    return {name: value[:KEPT_HEADER_CHARACTERS] for name, value in given.items() if value}
