"""Taking an update in: one row for each, whatever is delivered twice; a secret is kept out of it."""

import re
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from django.db import transaction

from financehub.bot import remembering
from financehub.bot.menu import COMMANDS
from financehub.bot.models import BotUpdate
from financehub.core import clock
from financehub.providers.telegram.updates import Kind, Update

COMMAND = re.compile(r"/([a-z_]+)(?:@\w+)?(?:[ \t][^\n]*)?", re.IGNORECASE)
GRACE = timedelta(seconds=30)  # in which only the process that holds the words of a secret takes it up


@dataclass(frozen=True)
class Stored:
    """A new update. `secret` is what the row must not hold; it lives as long as this object."""

    row: BotUpdate
    secret: str | None = None

    def __repr__(self) -> str:
        return f"<Stored {self.row.pk}>"


def store(update: Update) -> Stored | None:
    """Insert or ignore; None when it was told before."""
    at = clock.now()
    is_secret = _is_secret(update)
    kept = msgspec.structs.replace(update, text="") if is_secret else update
    with transaction.atomic():
        row, is_new = BotUpdate.objects.get_or_create(
            update_id=update.id,
            defaults={
                "chat_id": update.chat_id,
                "message_id": update.message_id,
                "payload": msgspec.to_builtins(kept),
                "is_confidential": is_secret,
                "must_erase": is_secret,
                "due_at": at + GRACE if is_secret else at,
                "received_at": at,
            },
        )
    if not is_new:
        return None
    return Stored(row, update.text if is_secret else None)


def _is_secret(update: Update) -> bool:
    """Anything written while a secret is awaited, known commands alone excepted."""
    if not update.is_private or update.kind not in {Kind.TEXT, Kind.EDIT, Kind.OTHER}:
        return False
    command = COMMAND.fullmatch(update.text.strip())
    if command is not None and command[1].lower() in COMMANDS and update.kind == Kind.TEXT:
        return False
    return remembering.is_confidential(update.chat_id, clock.now())
