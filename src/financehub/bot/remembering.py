"""Keeping what a chat is in the middle of."""

from datetime import datetime

import msgspec

from financehub.bot.memory import Memory, read
from financehub.bot.models import Conversation
from financehub.core import clock


def recall(chat_id: int) -> Memory:
    """What the chat is in the middle of."""
    row = Conversation.objects.filter(pk=chat_id).first()
    return read(row.memory) if row else Memory()


def keep(chat_id: int, memory: Memory) -> None:
    """Replace it; saved before the question is sent, because the answer may be quick."""
    values = {
        "memory": msgspec.to_builtins(memory),
        "confidential_until": memory.confidential_until,
        "updated_at": clock.now(),
    }
    Conversation.objects.update_or_create(chat_id=chat_id, defaults=values)


def is_confidential(chat_id: int, at: datetime) -> bool:
    """Whether a free text said now may be a secret that was asked for."""
    return Conversation.objects.filter(pk=chat_id, confidential_until__gt=at).exists()


def forget(chat_id: int) -> None:
    """Of a chat that is no longer anybody's."""
    Conversation.objects.filter(pk=chat_id).delete()
