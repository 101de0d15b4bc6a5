"""What Telegram tells us, reduced to what we use: nothing else of a message is kept."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from financehub.providers.late import LateModule

if TYPE_CHECKING:
    import telegram
else:
    telegram = LateModule("telegram")


ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")


class Kind(StrEnum):
    """What happened in a chat."""

    TEXT = "text"
    EDIT = "edit"
    PRESS = "press"
    BLOCKED = "blocked"  # the person stopped the bot, or it was thrown out of a group
    TAKEN_BACK = (
        "taken_back"  # and has it again, or it came into a group; whoever has something to say, says it next
    )
    MIGRATED = "migrated"
    OTHER = "other"  # a picture, a sticker: something said, but not in words


class Sender(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it, as they call themselves; `language` is that of their Telegram, as IETF writes it."""

    name: str = ""
    username: str = ""
    language: str = ""


class Update(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happened. `text` is what was written, or the data of the button that was pressed."""

    id: int
    kind: Kind
    chat_id: int
    is_private: bool
    message_id: int = 0
    text: str = ""
    press_id: str = ""  # answers the press
    sender: Sender = Sender()
    new_chat_id: int = 0


def parse(raw: Mapping[str, object]) -> Update | None:
    """The update in our words; None when it is of a kind we did not ask for. Raises ValueError when it is none."""
    if type(raw.get("update_id")) is not int:
        raise ValueError("not an update")
    if not raw.keys() & set(ALLOWED):
        return None
    try:
        update = telegram.Update.de_json(dict(raw), None)
    except (TypeError, KeyError, AttributeError, ValueError):
        raise ValueError("not an update") from None
    if update.callback_query is not None:
        return _press(update, update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update, update.my_chat_member)
    message = update.message or update.edited_message
    return _message(update, message) if message is not None else None


def _message(update: "telegram.Update", message: "telegram.Message") -> Update:
    new_id = message.migrate_to_chat_id or 0
    kind = Kind.EDIT if update.message is None else Kind.TEXT
    if new_id:
        kind = Kind.MIGRATED
    elif message.text is None:
        kind = Kind.OTHER
    return Update(
        id=update.update_id,
        kind=kind,
        chat_id=message.chat.id,
        is_private=message.chat.type == telegram.constants.ChatType.PRIVATE,
        message_id=message.message_id,
        text=message.text or "",
        new_chat_id=new_id,
        sender=_sender(message.from_user),
    )


def _press(update: "telegram.Update", press: "telegram.CallbackQuery") -> Update | None:
    message = press.message
    if message is None:  # of a message sent through another bot: never ours
        return None
    return Update(
        id=update.update_id,
        kind=Kind.PRESS,
        chat_id=message.chat.id,
        is_private=message.chat.type == telegram.constants.ChatType.PRIVATE,
        message_id=message.message_id,
        text=press.data or "",
        press_id=press.id,
        sender=_sender(press.from_user),
    )


def _membership(update: "telegram.Update", change: "telegram.ChatMemberUpdated") -> Update:
    status = telegram.constants.ChatMemberStatus
    gone = {status.BANNED, status.LEFT}
    return Update(
        id=update.update_id,
        kind=Kind.BLOCKED if change.new_chat_member.status in gone else Kind.TAKEN_BACK,
        chat_id=change.chat.id,
        is_private=change.chat.type == telegram.constants.ChatType.PRIVATE,
        sender=_sender(change.from_user),
    )


def _sender(user: "telegram.User | None") -> Sender:
    if user is None:
        return Sender()
    return Sender(name=user.full_name, username=user.username or "", language=user.language_code or "")
