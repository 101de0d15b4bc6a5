"""The door: check, store once, hand to a worker, answer."""

import hashlib

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from financehub.core import clock, jobs
from financehub.webhooks import layers
from financehub.webhooks.models import OFFERED_AGAIN_AFTER, WebhookEvent
from financehub.webhooks.notices import Notice, Source
from financehub.webhooks.sources.pluggy import PLUGGY

KEPT_HEADERS = ("Content-Type", "Content-Length", "User-Agent", "Date", "X-Request-ID")
KEPT_HEADER_CHARACTERS = 200
TRY_AGAIN_SECONDS = "30"

log = structlog.get_logger()


@csrf_exempt
def receive_pluggy(request: HttpRequest) -> HttpResponse:
    """The address Pluggy posts its events to."""
    return receive(request, PLUGGY)


def names_an_event(request: HttpRequest) -> bool:
    """Whether a body on an address shared with the API is a notification: then only this door answers."""
    if layers.is_too_long(request):
        return False
    return "event" in (layers.parse_object(request.body) or {})


def receive(request: HttpRequest, source: Source) -> HttpResponse:
    """2xx once the event is stored; 503 asks the vendor to try again; a refusal stores nothing."""
    try:
        layers.require_open_door(source)
        body = layers.require_transport(request)
        layers.require_authenticity(source, request, body)
        notice = layers.require_structure(source, body)
        is_new = store(source, notice, body, _sanitised(request))
    except layers.Refused as refusal:
        log.warning("webhook_refused", source=source.name, layer=refusal.layer, status=refusal.status)
        return _refusal(f"webhook_{refusal.layer}", refusal.status)
    except (OperationalError, InterfaceError) as error:
        log.warning("webhook_not_stored", source=source.name, error=type(error).__name__)
        answer = _refusal("try_later", 503)
        answer.headers["Retry-After"] = TRY_AGAIN_SECONDS
        return answer
    return JsonResponse({"received": True, "duplicate": not is_new}, status=202)


def _refusal(code: str, status: int) -> JsonResponse:
    """The shape of every error of this product; a stranger learns no more than which layer refused."""
    error = {"code": code, "message": "This notification was not accepted.", "details": {}}
    return JsonResponse({"error": error}, status=status)


def store(source: Source, notice: Notice, body: bytes, headers: dict[str, str]) -> bool:
    """Insert the event and enqueue its handling; False when it was here already."""
    digest, at = hashlib.sha256(body).hexdigest(), clock.now()
    event = WebhookEvent(
        source=source.name,
        external_id=notice.external_id or f"sha256:{digest}",
        type=notice.type,
        object_key=notice.object_key,
        body=body.decode(),
        body_hash=digest,
        headers=headers,
        received_at=at,
        due_at=at + OFFERED_AGAIN_AFTER,
    )
    try:
        with transaction.atomic():
            event.save(force_insert=True)
            jobs.enqueue("webhooks.handle_event", event_id=str(event.pk))
    except IntegrityError:
        _compare_with_stored(event)
        return False
    log.info("webhook_received", source=source.name, type=notice.type, event_id=str(event.pk))
    return True


def _compare_with_stored(again: WebhookEvent) -> None:
    stored = WebhookEvent.objects.only("body_hash").get(source=again.source, external_id=again.external_id)
    if stored.body_hash != again.body_hash:
        log.error(
            "webhook_same_id_other_content", source=again.source, type=again.type, event_id=str(stored.pk)
        )


def _sanitised(request: HttpRequest) -> dict[str, str]:
    """Only headers known to hold no secret."""
    given = {name: request.headers.get(name) for name in KEPT_HEADERS}
    return {name: value[:KEPT_HEADER_CHARACTERS] for name, value in given.items() if value}
