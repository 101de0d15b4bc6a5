"""Working updates off: a chat's one after the other, each once; what was written in confidence is erased first."""

from datetime import timedelta
from functools import cache

import msgspec
import structlog
from django.utils import translation

from financehub.bot import conversation, following, remembering, sending, texts
from financehub.bot.conversation import Heard
from financehub.bot.models import BotUpdate
from financehub.bot.replies import Answer
from financehub.bot.storing import Stored
from financehub.core import clock, locks
from financehub.core.limits import SharedLimiter
from financehub.core.words import Words
from financehub.notifications import linking, telegram_bot
from financehub.notifications.models import TelegramChat
from financehub.providers.telegram.client import TelegramClient
from financehub.providers.telegram.errors import (
    TelegramBadRequest,
    TelegramChatMigrated,
    TelegramError,
    TelegramForbidden,
    TelegramRateLimited,
)
from financehub.providers.telegram.updates import Kind, Update

LEASE_SECONDS = 120
PATIENCE = 10.0  # seconds that a secret waits for its turn; it cannot wait in a row
ATTEMPTS = 3
PAUSE = timedelta(seconds=20)
# What one chat may say; and how often it hears, in words and under a button, that it was too much.
RATE = {"chat": "40/minute", "told": "1/minute", "toast": "1/minute"}
LOST = "lost_secret"

log = structlog.get_logger()


def work_off(chat_id: int) -> int:
    """Everything that is due in a chat, oldest first; how many. Whoever holds the chat does it for all."""
    name, count = lease_name(chat_id), 0
    while BotUpdate.objects.filter(chat_id=chat_id).due(clock.now()).exists():
        holder = locks.try_acquire(name, seconds=LEASE_SECONDS)
        if holder is None:
            return count
        try:
            while (row := BotUpdate.objects.claim_next(chat_id, clock.now())) is not None:
                _handle(row, None)
                count += 1
        finally:
            locks.release(name, holder)
    return count


def work_off_secret(stored: Stored) -> None:
    """An update whose words are in no row: now or never, after what the chat said before it."""
    name = lease_name(stored.row.chat_id)
    erase(stored.row)
    try:
        holder = locks.acquire(name, seconds=LEASE_SECONDS, wait=PATIENCE)
    except locks.LockBusy:
        _say_lost(stored.row)
        return
    try:
        if BotUpdate.objects.claim(stored.row, stored.row.due_at):
            _handle(stored.row, stored.secret)
    finally:
        locks.release(name, holder)


def lease_name(chat_id: int) -> str:
    """One conversation at a time in each chat."""
    return f"telegram:{chat_id}"


def erase(row: BotUpdate) -> bool:
    """Take the message out of the chat; the row remembers until it is gone."""
    try:
        was_erased = telegram_bot.client().delete_message(row.chat_id, row.message_id)
    except TelegramForbidden:
        was_erased = True  # a chat that is closed to us is out of our reach
    except TelegramError as failure:
        log.warning("bot_message_not_erased", update_id=row.pk, error=type(failure).__name__)
        return False
    mine = BotUpdate.objects.filter(pk=row.pk)
    mine.update(erased_at=clock.now(), **({} if was_erased else {"reason": "cannot_erase"}))
    if not was_erased:
        _tell(row.chat_id, texts.CANNOT_ERASE)
    return True


def _handle(row: BotUpdate, secret: str | None) -> None:
    """One claimed update to its end; what fails unforeseen comes again, three times at most."""
    if row.must_erase and row.erased_at is None:
        erase(row)
    if row.is_confidential and secret is None:  # the process that held the words has died
        _say_lost(row)
    elif row.attempts > ATTEMPTS:
        _give_up(row)
    else:
        try:
            _answer(row, secret)
        except BaseException:
            _later(row, "crashed", PAUSE * row.attempts)
            raise


def _answer(row: BotUpdate, secret: str | None) -> None:
    update = msgspec.convert(row.payload, Update)
    if secret is not None:
        update = msgspec.structs.replace(update, text=secret)
    try:
        _respond(update)
    except TelegramForbidden:
        _note_blocked(row.chat_id)
        _finish(row, "blocked")
    except TelegramBadRequest as refusal:
        log.exception("bot_answer_refused", update_id=row.pk, said=refusal.description)
        _finish(row, "refused", is_dead=True)
        if update.is_private:
            _tell(row.chat_id, texts.FAILED)
    except TelegramRateLimited as limited:
        _later(row, "rate_limited", max(PAUSE * row.attempts, timedelta(seconds=limited.retry_after)))
    except TelegramError as failure:
        _later(row, type(failure).__name__, PAUSE * row.attempts)
    else:
        _finish(row, "")


def _respond(update: Update) -> None:
    if update.kind == Kind.BLOCKED:
        _note_blocked(update.chat_id)
        return
    if update.kind == Kind.TAKEN_BACK:
        _note_alive(update)
        return
    if not _limiter().try_acquire("chat", str(update.chat_id)):
        log.warning("bot_chat_too_fast")
        _slow_down(update)
        return
    at, client, chat = clock.now(), telegram_bot.client(), _note_alive(update)
    memory = remembering.recall(update.chat_id)
    username = "" if update.is_private else telegram_bot.username()
    answer = conversation.answer(Heard(update, chat, memory, at, username))
    if answer.memory is not None and answer.memory != memory:
        remembering.keep(update.chat_id, answer.memory)
    _send(client, update, answer)


def _note_alive(update: Update) -> TelegramChat | None:
    """The chat of the person who speaks to us, if it is anybody's: who had blocked us hears notices again."""
    chat = linking.chat_of(update.chat_id) if update.is_private else None
    if chat is not None:
        linking.note_alive(chat)
    return chat


def _slow_down(update: Update) -> None:
    """Nothing is answered now, and that is said now and then: a flood must not cost a call each. Never in a group."""
    if update.press_id:
        if not _limiter().try_acquire("toast", str(update.chat_id)):
            return
        with translation.override(_language(update.chat_id)):
            telegram_bot.client().answer_callback_query(update.press_id, str(texts.TOO_FAST))
    elif update.is_private and _limiter().try_acquire("told", str(update.chat_id)):
        _tell(update.chat_id, texts.TOO_FAST)


def _send(client: TelegramClient, update: Update, answer: Answer) -> None:
    try:
        message_id = sending.send(client, update, answer)
    except TelegramChatMigrated as moved:
        moved_update = msgspec.structs.replace(update, chat_id=moved.new_id, press_id="")
        sending.send(client, moved_update, answer)
        return
    if answer.follow is not None:
        following.begin(chat_id=update.chat_id, follow=answer.follow, message_id=message_id)


def _later(row: BotUpdate, reason: str, pause: timedelta) -> None:
    """Try again after a pause. A secret cannot come again: the person is asked for it."""
    if row.is_confidential:
        _say_lost(row)
        return
    row.try_move_to(BotUpdate.Status.WAITING, due_at=clock.now() + pause, lease_until=None, reason=reason)


def _give_up(row: BotUpdate) -> None:
    log.error("bot_update_dead", update_id=row.pk, attempts=row.attempts)
    _finish(row, row.reason or "crashed", is_dead=True)
    _tell(row.chat_id, texts.FAILED)


def _say_lost(row: BotUpdate) -> None:
    """The words are gone, and were never kept: they are asked for again."""
    _finish(row, LOST, is_dead=True)
    _tell(row.chat_id, texts.LOST_SECRET)


def _finish(row: BotUpdate, reason: str, *, is_dead: bool = False) -> None:
    """What was said is not kept any longer."""
    status = BotUpdate.Status.DEAD if is_dead else BotUpdate.Status.DONE
    row.try_move_to(status, reason=reason, payload=None, finished_at=clock.now(), lease_until=None)


def _tell(chat_id: int, words: Words) -> None:
    """A word about ourselves, in the chat's language, if it can be said at all."""
    try:
        with translation.override(_language(chat_id)):
            telegram_bot.client().send_message(chat_id, str(words))
    except TelegramError as failure:
        log.warning("bot_word_not_said", error=type(failure).__name__)


def _language(chat_id: int) -> str | None:
    chat = linking.chat_of(chat_id)
    return chat.language if chat else None


def _note_blocked(chat_id: int) -> None:
    chat = linking.chat_of(chat_id)
    if chat is not None:
        linking.note_blocked(chat)


@cache
def _limiter() -> SharedLimiter:
    return SharedLimiter(RATE, scope="telegram-in")
