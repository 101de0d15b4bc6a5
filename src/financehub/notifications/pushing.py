"""Browsers that asked to be told, and what their push services know us by."""

from email.utils import parseaddr
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import transaction

from financehub.companies.models import User
from financehub.core import clock
from financehub.core.crypto import blind_index
from financehub.core.errors import Invalid, NotConfigured, NotFound
from financehub.notifications.models import PushSubscription
from financehub.providers.outgoing import addresses, posting
from financehub.providers.webpush.pushing import Browser
from financehub.providers.webpush.vapid import Vapid

MOST_BROWSERS = 10  # of one person; the oldest goes first


class PushIsOff(NotConfigured):
    """This installation has no VAPID key."""

    code = "push_is_off"


def is_on() -> bool:
    """Whether this installation can push."""
    return bool(settings.VAPID_KEY)


def vapid() -> Vapid:
    """Our key pair. Raises PushIsOff."""
    if not is_on():
        raise PushIsOff
    return _vapid(settings.VAPID_KEY, settings.PUBLIC_URL if settings.IS_HTTPS else _mail_address())


def networks() -> list[addresses.Network]:
    """Networks inside our own house that calls to typed addresses may reach all the same."""
    return addresses.parse_networks(settings.WEBHOOK_NETWORKS)


def browser_of(kept: PushSubscription) -> Browser:
    """The address and keys as the client takes them."""
    return _browser(kept.subscription)


@transaction.atomic
def subscribe(*, person: User, subscription: object, browser: str) -> PushSubscription:
    """Keep what a browser's `PushSubscription.toJSON()` says. Raises PushIsOff, and Invalid for anything else.

    The same browser again is the same row; after another person signed in there it is theirs.
    """
    vapid()
    found = _browser(subscription)
    is_plain = bool(settings.WEBHOOK_NETWORKS)
    if not posting.is_web_address(found.endpoint, plain=is_plain) or not found.is_usable():
        raise Invalid("This is no push subscription", field="subscription")
    kept, _ = PushSubscription.objects.update_or_create(
        endpoint_hash=_hash_of(found.endpoint),
        defaults={
            "person": person,
            "subscription": {
                "endpoint": found.endpoint,
                "keys": {"p256dh": found.p256dh, "auth": found.auth},
            },
            "browser": browser[:120],
            "created_at": clock.now(),
        },
    )
    _drop_oldest(person)
    return kept


def forget(*, person: User, key: UUID) -> None:
    """Tell this browser nothing more. Raises NotFound."""
    if not PushSubscription.objects.filter(person=person, pk=key).delete()[0]:
        raise NotFound("PushSubscription not found")


def browsers_of(person: User) -> list[PushSubscription]:
    """Every browser of a person, the newest first."""
    return list(PushSubscription.objects.filter(person=person).order_by("-created_at", "-pk"))


def _drop_oldest(person: User) -> None:
    extra = PushSubscription.objects.filter(person=person).order_by("-created_at", "-pk")[MOST_BROWSERS:]
    PushSubscription.objects.filter(pk__in=[kept.pk for kept in extra]).delete()


def _browser(subscription: object) -> Browser:
    match subscription:
        case {"endpoint": str(endpoint), "keys": {"p256dh": str(p256dh), "auth": str(auth)}}:
            return Browser(endpoint, p256dh, auth)
        case _:
            raise Invalid("This is no push subscription", field="subscription")


@lru_cache(maxsize=4)
def _vapid(key: str, subject: str) -> Vapid:
    return Vapid(key, subject)


def _mail_address() -> str:
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _hash_of(endpoint: str) -> str:
    return blind_index(endpoint, purpose="push_endpoint")
