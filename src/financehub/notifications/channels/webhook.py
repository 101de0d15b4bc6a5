"""The company's own programs: a signed POST (Standard Webhooks), the same id however often it is sent."""

import msgspec
from django.conf import settings

from financehub.core import clock
from financehub.notifications import endpoint_health, pushing, wording
from financehub.notifications.channels.outcomes import NoAnswer, Skipped, TargetRefused, TryAgain, after
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Delivery, Notification, WebhookEndpoint
from financehub.providers.outgoing import posting, signatures

GONE = 410
AGENT = "FinanceHub-Webhooks/1"


def send(delivery: Delivery) -> None:
    """POST it. Raises TryAgain, TargetRefused (the endpoint said that it is gone), Skipped."""
    endpoint = WebhookEndpoint.objects.of(delivery.company_id).filter(pk=delivery.target).first()
    if endpoint is None:
        raise Skipped("nobody")
    if endpoint.is_disabled:
        raise Skipped("endpoint_disabled")
    try:
        answer = _post(delivery, endpoint)
    except posting.NotReached as failure:
        endpoint_health.note_failure(endpoint, failure.reason)
        raise NoAnswer(failure.reason) from failure
    if answer.is_ok:
        endpoint_health.note_success(endpoint)
        return
    reason = f"http_{answer.status}"
    endpoint_health.note_failure(endpoint, reason)
    if answer.status == GONE:
        raise TargetRefused(reason)
    raise TryAgain(reason, not_before=after(answer.retry_after))


def _post(delivery: Delivery, endpoint: WebhookEndpoint) -> posting.Answer:
    at, content = clock.now(), body(delivery.notification)
    signed = signatures.headers(
        message_id(delivery.notification), int(at.timestamp()), content, endpoint.secrets_at(at)
    )
    headers = {"Content-Type": "application/json", "User-Agent": AGENT, **signed}
    return posting.post(endpoint.url, content, headers, networks=pushing.networks())


def message_id(notification: Notification) -> str:
    """Stays the same over retries and replays, so that a receiver can tell that it has it."""
    return f"msg_{notification.pk.hex}"


def body(notification: Notification) -> bytes:
    """`type`, `timestamp` and `data`: ids, the words in full and as two languages say them."""
    kind = KINDS[notification.kind]
    said = {code: wording.word(notification, code) for code, _ in settings.LANGUAGES}
    about = {"kind": notification.object_kind, "id": notification.object_id}
    return msgspec.json.encode(
        {
            "type": kind.name,
            "timestamp": notification.created_at.isoformat(),
            "data": {
                "id": str(notification.pk),
                "company_id": str(notification.company_id),
                "severity": notification.severity,
                "object": about if notification.object_id else None,
                "words": notification.words,
                "text": {code: {"title": one.title, "body": one.body} for code, one in said.items()},
                "link": said[settings.LANGUAGE_CODE].link,
            },
        }
    )
