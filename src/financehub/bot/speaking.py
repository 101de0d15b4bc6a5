"""What the bot says in a chat in its own words, so that no notice says it there as well."""

from django.db.models import Q

from financehub.bot.models import Following
from financehub.notifications.models import Notification, TelegramChat

TOLD_BY_FOLLOWING = {"connection_asks", "connection_refused"}


def speaks_of(chat: TelegramChat, notification: Notification) -> bool:
    """Whether the chat is told how this connection goes on, or was still when that happened."""
    if notification.kind not in TOLD_BY_FOLLOWING or not notification.object_id:
        return False
    still = Q(finished_at__isnull=True) | Q(finished_at__gte=notification.created_at)
    begun = Following.objects.filter(chat=chat, begun_at__lte=notification.created_at)
    return begun.filter(still, item_id=notification.object_id).exists()
