"""Places that do not answer are left alone for a while: a dead mail server must not keep every worker waiting for it.

A place is what one silence is about: the mail server, Telegram, one endpoint, one browser's push service.
"""

from django.core.cache import cache

from financehub.notifications.models import Delivery
from financehub.notifications.models.deliveries import Channel

LEFT_ALONE_SECONDS = 30


def is_silent(delivery: Delivery) -> bool:
    """Whether the delivery's place gave no answer a moment ago to another one; its own pauses it keeps."""
    return cache.get(_key(delivery)) not in {None, str(delivery.pk)}


def note_silence(delivery: Delivery) -> None:
    """The place gave no answer just now."""
    cache.set(_key(delivery), str(delivery.pk), LEFT_ALONE_SECONDS)


def _key(delivery: Delivery) -> str:
    has_own_place = delivery.channel in {Channel.PUSH, Channel.WEBHOOK}
    return f"silent:{delivery.channel}:{delivery.target if has_own_place else ''}"
