"""What waits in the bot, for those who watch over the workers."""

from datetime import datetime

from financehub.bot import handling
from financehub.bot.models import BotUpdate
from financehub.timetable.backlogs import Backlog, of_rows


def look(at: datetime) -> list[Backlog]:
    """Updates that nobody answers yet, and secrets still in their chat. A lost secret is asked for again: not dead."""
    dead = BotUpdate.objects.filter(status=BotUpdate.Status.DEAD).exclude(reason=handling.LOST).count()
    return [
        of_rows("bot_update", BotUpdate.objects.due(at), dead=dead),
        of_rows("message_to_erase", BotUpdate.objects.to_erase(), "received_at"),
    ]
