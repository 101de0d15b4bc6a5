"""Putting a notification on its ways: one delivery per channel and target, due at once or after quiet hours."""

from datetime import datetime

from financehub.companies.models import Company
from financehub.core import jobs
from financehub.notifications import quiet, rhythm
from financehub.notifications.kinds import Kind
from financehub.notifications.models import (
    Delivery,
    Notification,
    PushSubscription,
    TelegramChat,
    WebhookEndpoint,
)
from financehub.notifications.models.deliveries import Channel


def queue_for_person(notification: Notification, kind: Kind, channels: frozenset[Channel]) -> list[Delivery]:
    """A delivery for each chosen channel: e-mail once, Telegram per chat, push per browser."""
    due_at = due(notification, kind, notification.created_at)
    targets = [
        (channel, target)
        for channel in sorted(channels - {Channel.TRAY})
        for target in _targets(notification, channel)
    ]
    return [_queue(notification, channel, target, due_at) for channel, target in targets]


def queue_for_endpoints(notification: Notification, endpoints: list[WebhookEndpoint]) -> list[Delivery]:
    """A delivery for each endpoint, at once: programs do not sleep."""
    at = notification.created_at
    return [_queue(notification, Channel.WEBHOOK, str(endpoint.pk), at) for endpoint in endpoints]


def endpoints_for(company: Company, kind: Kind) -> list[WebhookEndpoint]:
    """The endpoints that want this kind; for a disabled one it is kept, so that it can be replayed."""
    known = WebhookEndpoint.objects.of(company).order_by("pk")
    return [endpoint for endpoint in known if endpoint.wants(kind.name)]


def due(notification: Notification, kind: Kind, at: datetime) -> datetime:
    """When it may go out that is ready `at`: urgent things at once, the rest not inside the person's quiet hours."""
    if kind.is_urgent or notification.person is None:
        return at
    return quiet.next_allowed(rhythm.of(notification.person), at)


def offer(delivery: Delivery) -> None:
    """Name it to a worker once the transaction commits."""
    jobs.enqueue("notifications.deliver", delivery_id=str(delivery.pk))


def _targets(notification: Notification, channel: Channel) -> list[str]:
    person = notification.person_id
    match channel:
        case Channel.TELEGRAM:
            chats = TelegramChat.objects.filter(person_id=person, blocked_at=None)
            return [str(pk) for pk in chats.order_by("pk").values_list("pk", flat=True)]
        case Channel.PUSH:
            browsers = PushSubscription.objects.filter(person_id=person).order_by("pk")
            return [str(pk) for pk in browsers.values_list("pk", flat=True)]
        case _:
            return [""]


def _queue(notification: Notification, channel: Channel, target: str, due_at: datetime) -> Delivery:
    is_due = due_at <= notification.created_at
    delivery = Delivery.objects.create(
        company_id=notification.company_id,
        notification=notification,
        channel=channel,
        target=target,
        due_at=due_at,
        offered_at=due_at if is_due else None,
    )
    if is_due:
        offer(delivery)
    return delivery
