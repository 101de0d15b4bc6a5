"""From an answer to what Telegram is asked to do."""

from financehub.bot.replies import Answer, Reply
from financehub.providers.telegram.client import Sent, TelegramClient
from financehub.providers.telegram.errors import TelegramBadRequest
from financehub.providers.telegram.keyboards import inline
from financehub.providers.telegram.updates import Update
from financehub.providers.telegram.writing import LONGEST_TEXT, length

LONGEST_TOAST = 200


def send(client: TelegramClient, update: Update, answer: Answer) -> int:
    """Say it where it was asked; the id of the last message, 0 when nothing was said. Raises TelegramError."""
    if update.press_id:
        client.answer_callback_query(
            update.press_id, answer.toast[:LONGEST_TOAST], is_alert=bool(answer.toast)
        )
    elif answer.toast:
        client.send_message(update.chat_id, answer.toast)
    last = 0
    for reply in answer.replies:
        last = send_reply(client, update.chat_id, reply, pressed=update.message_id if update.press_id else 0)
    return last


def send_reply(client: TelegramClient, chat_id: int, reply: Reply, *, pressed: int = 0) -> int:
    """One message; in place of the one that was pressed when it wants to be and can."""
    if reply.edits and pressed and _edited(client, chat_id, reply, pressed):
        return pressed
    return _sent(client, chat_id, reply).message_id


def _sent(client: TelegramClient, chat_id: int, reply: Reply) -> Sent:
    markup = inline(reply.buttons) if any(reply.buttons) else None
    if reply.photo:
        return client.send_photo(chat_id, reply.photo, caption=reply.text, reply_markup=markup)
    if reply.file is not None:
        file = reply.file
        return client.send_document(chat_id, file.content, file.name, caption=reply.text, reply_markup=markup)
    return client.send_message(chat_id, reply.text, reply_markup=markup)


def _edited(client: TelegramClient, chat_id: int, reply: Reply, message_id: int) -> bool:
    """False when the message cannot be changed (a picture, too old, gone): a new one says it then."""
    if reply.photo or reply.file or length(reply.text) > LONGEST_TEXT:
        return False
    try:
        client.edit_message_text(chat_id, message_id, reply.text, reply_markup=inline(reply.buttons))
    except TelegramBadRequest:
        return False
    return True
