"""Switching a channel off where its provider refused for good, saying so by the others, and on again."""

from urllib.parse import urlsplit

from django.db import transaction

from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.notifications import telling
from financehub.notifications.models import (
    ChannelBlock,
    Delivery,
    PushSubscription,
    TelegramChat,
    WebhookEndpoint,
)
from financehub.notifications.models.deliveries import Channel


@transaction.atomic
def switch_off(delivery: Delivery, reason: str) -> None:
    """The delivery's target takes nothing any more: stop writing to it and tell whom it concerns."""
    person = delivery.notification.person
    if delivery.channel == Channel.WEBHOOK:
        disable(WebhookEndpoint.objects.of(delivery.company_id).get(pk=delivery.target), reason)
    elif person is not None and _close(delivery, person, reason):
        company, channel = delivery.notification.company, Channel(delivery.channel)
        say_off(person, company, channel, reason, key=str(delivery.pk))


def say_off(person: User, company: Company, channel: Channel, reason: str, *, key: str) -> None:
    """Tell the person by their other channels, once per `key`."""
    words = {"channel": channel.value, "reason": reason}
    telling.tell(company, "channel_off", key=key, words=words, to=[person])


def _close(delivery: Delivery, person: User, reason: str) -> bool:
    """Whether it was open until now, and no other target of the channel is left."""
    at = clock.now()
    match delivery.channel:
        case Channel.EMAIL:
            _, is_new = ChannelBlock.objects.get_or_create(
                person=person, channel=Channel.EMAIL, defaults={"reason": reason, "created_at": at}
            )
            return is_new
        case Channel.TELEGRAM:
            open_chats = TelegramChat.objects.filter(person=person, blocked_at=None)
            return (
                bool(open_chats.filter(pk=delivery.target).update(blocked_at=at)) and not open_chats.exists()
            )
        case _:
            browsers = PushSubscription.objects.filter(person=person)
            return bool(browsers.filter(pk=delivery.target).delete()[0]) and not browsers.exists()


@transaction.atomic
def give_up(delivery: Delivery, reason: str) -> None:
    """All tries are used up. An endpoint that took nothing in all that time is disabled; people's channels stay."""
    if delivery.channel != Channel.WEBHOOK:
        return
    endpoint = WebhookEndpoint.objects.of(delivery.company_id).filter(pk=delivery.target).first()
    since = delivery.notification.created_at
    if endpoint is not None and (endpoint.last_ok_at is None or endpoint.last_ok_at < since):
        disable(endpoint, reason)


def disable(endpoint: WebhookEndpoint, reason: str) -> None:
    """Send nothing there until a person switches it on again, and tell those who may."""
    at = clock.now()
    rows = WebhookEndpoint.objects.of(endpoint.company_id).filter(pk=endpoint.pk, disabled_at=None)
    if not rows.update(disabled_at=at, disabled_why=reason):
        return
    since = (endpoint.failing_since or at).astimezone(clock.SAO_PAULO)
    words = {"host": host_of(endpoint), "reason": reason, "since": since.strftime("%d/%m/%Y %H:%M")}
    key = f"{endpoint.pk}:{at.isoformat()}"
    telling.tell(endpoint.company, "webhook_disabled", key=key, words=words)


def host_of(endpoint: WebhookEndpoint) -> str:
    """What a message names an endpoint by: its path may hold a secret."""
    return urlsplit(endpoint.url).hostname or ""


@transaction.atomic
def switch_on(person: User, channel: str) -> bool:
    """Try this channel again; whether it had been off. What failed meanwhile is not sent again."""
    if channel == Channel.TELEGRAM:
        return bool(
            TelegramChat.objects.filter(person=person).exclude(blocked_at=None).update(blocked_at=None)
        )
    return bool(ChannelBlock.objects.filter(person=person, channel=channel).delete()[0])
