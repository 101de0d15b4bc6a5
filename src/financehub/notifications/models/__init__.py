"""The tables of notifications, one file per noun."""

from financehub.notifications.models.deliveries import Delivery
from financehub.notifications.models.endpoints import WebhookEndpoint
from financehub.notifications.models.marks import AuditMark
from financehub.notifications.models.notices import Notification
from financehub.notifications.models.preferences import ChannelBlock, Preference, Rhythm
from financehub.notifications.models.push import PushSubscription
from financehub.notifications.models.telegram import TelegramChat, TelegramLink

__all__ = [
    "AuditMark",
    "ChannelBlock",
    "Delivery",
    "Notification",
    "Preference",
    "PushSubscription",
    "Rhythm",
    "TelegramChat",
    "TelegramLink",
    "WebhookEndpoint",
]
