"""Web push: one message to one browser, short enough for a lock screen; a browser that is gone is forgotten."""

import msgspec
from django.conf import settings

from financehub.core import clock
from financehub.notifications import pushing, wording
from financehub.notifications.channels.outcomes import (
    NoAnswer,
    Refused,
    Skipped,
    TargetRefused,
    TryAgain,
    after,
)
from financehub.notifications.kinds import KINDS
from financehub.notifications.models import Delivery, PushSubscription
from financehub.providers.webpush import pushing as service

LONGEST_BODY = 300
TTL, TTL_OF_URGENT = 24 * 3600, 1800  # seconds; a question to answer now is worth nothing tomorrow


def send(delivery: Delivery) -> None:
    """Push it. Raises TryAgain, Refused, TargetRefused, Skipped."""
    kept = PushSubscription.objects.filter(pk=delivery.target).select_related("person").first()
    if kept is None or delivery.notification.person_id != kept.person_id:
        raise Skipped("nobody")
    if not settings.VAPID_KEY:
        raise Skipped("not_configured")
    try:
        service.send(
            pushing.browser_of(kept),
            message(delivery, kept.person.language),
            vapid=pushing.vapid(),
            networks=pushing.networks(),
        )
    except service.PushGone as gone:
        raise TargetRefused(gone.reason) from gone
    except service.PushRefused as refusal:
        raise Refused(refusal.reason) from refusal
    except service.PushUnavailable as failure:
        later = TryAgain if failure.reason.startswith("http_") else NoAnswer
        raise later(failure.reason, not_before=after(failure.retry_after)) from failure
    PushSubscription.objects.filter(pk=kept.pk).update(last_sent_at=clock.now())


def message(delivery: Delivery, language: str) -> service.Push:
    """What the service worker shows: a later one about the same thing takes the place of an earlier one."""
    notification = delivery.notification
    said, kind = wording.word(notification, language), KINDS[notification.kind]
    payload = {
        "id": str(notification.pk),
        "title": said.title,
        "body": said.body[:LONGEST_BODY],
        "url": said.way,
        "tag": f"{kind.name}:{notification.object_id or notification.key}",
        "lang": language,
    }
    ttl, urgency = (TTL_OF_URGENT, "high") if kind.is_urgent else (TTL, "normal")
    return service.Push(msgspec.json.encode(payload), ttl=ttl, urgency=urgency)
