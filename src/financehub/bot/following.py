"""Telling a chat how a connection goes on: asked of our own rows until it has arrived, failed, or nobody came."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.utils import translation

from financehub.banking import listing, problems, reports
from financehub.banking.advice.texts import ADVICE
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import ConnectAttempt, Item
from financehub.banking.models.connecting import ATTEMPT_LIFETIME
from financehub.banking.reports import ConnectionCard
from financehub.bot import remembering, saying, sending
from financehub.bot.commands import texts as reading
from financehub.bot.commands.connecting import questions, texts
from financehub.bot.models import Following
from financehub.bot.replies import Follow, Reply
from financehub.companies import access
from financehub.companies.models import Membership
from financehub.core import clock, jobs, locks
from financehub.core.each import for_each
from financehub.core.words import Advice
from financehub.notifications import linking, telegram_bot
from financehub.providers.telegram.errors import (
    TelegramError,
    TelegramForbidden,
    TelegramRateLimited,
    TelegramUnavailable,
)
from financehub.providers.telegram.keyboards import Button

LOOK_EVERY, LOOK_SELDOM = 2.0, 5.0  # seconds; seldom while nobody has been through Connect yet
LATE_START = timedelta(minutes=1)  # the attempt is written just before the message about it
PATIENCE = timedelta(minutes=15)  # for an Item that is known; its questions may make it longer
LEASE_SECONDS = 30

log = structlog.get_logger()


@dataclass(frozen=True)
class News:
    """What to say now. `mark` names it, so that it is said once; the progress message is edited unless `is_new`."""

    mark: str
    reply: Reply
    is_new: bool = False
    is_end: bool = False


def begin(*, chat_id: int, follow: Follow, message_id: int) -> Following | None:
    """Tell this chat from now on; one telling for each Item, the newest one for what is still to come of Connect."""
    chat = linking.chat_of(chat_id)
    if chat is None or chat.company is None:
        return None
    at = clock.now()
    item_id = UUID(follow.item_id) if follow.item_id else None
    mine = Following.objects.filter(chat=chat, finished_at__isnull=True, item_id=item_id)
    mine.update(finished_at=at)
    row = Following.objects.create(
        chat=chat,
        company=chat.company,
        item_id=item_id,
        connector_name=follow.connector_name[:120],
        message_id=message_id,
        begun_at=at,
        expires_at=at + (PATIENCE if item_id else ATTEMPT_LIFETIME),
    )
    _watch(row)
    return row


def look_at_all() -> int:
    """Every open one, for messages that were lost; how many. Raises SomeFailed."""
    open_ones = list(Following.objects.filter(finished_at__isnull=True).values_list("pk", flat=True))
    return len(for_each(open_ones, look))


def look(following_id: UUID) -> None:
    """Say what is new, and look again in a while. One at a time, together with the conversation of that chat."""
    row = Following.objects.filter(pk=following_id, finished_at__isnull=True)
    following = row.select_related("chat", "company").first()
    if following is None:
        return
    if not _may_still_hear(following):
        _keep(following, finished_at=clock.now())
        return
    name = f"telegram:{following.chat.chat_id}"
    holder = locks.try_acquire(name, seconds=LEASE_SECONDS)
    if holder is not None:
        try:
            with translation.override(following.chat.language):
                _look(following, clock.now())
        finally:
            locks.release(name, holder)
    if following.finished_at is None:
        _watch(following)


def _may_still_hear(following: Following) -> bool:
    """Not a chat that changed hands since, nor a person who left the company."""
    chat = following.chat
    places = Membership.objects.of(following.company_id).filter(user=chat.person_id)
    return chat.linked_at <= following.begun_at and places.exists()


def _watch(following: Following) -> None:
    """Look again in a while; several who ask for it start one look."""
    seconds = LOOK_EVERY if following.item_id else LOOK_SELDOM
    if locks.try_acquire(_turn_of(following), seconds=seconds - 0.5):
        jobs.enqueue_in(seconds, "bot.follow", following_id=str(following.pk))


def _turn_of(following: Following) -> str:
    """Whoever has it looks next; while it is held only the sweeper does."""
    return f"bot-follow:{following.pk}"


def _look(following: Following, at: datetime) -> None:
    item = _item_of(following)
    if item is None:
        if at >= following.expires_at:
            words = str(texts.NOBODY_CAME).format(bank=saying.esc(following.connector_name))
            _say(following, News("nobody", Reply(words), is_new=True, is_end=True))
        return
    news = _news(following, item, at)
    if news is not None and news.mark != following.told:
        _say(following, news)
    elif at >= following.expires_at:
        words = str(texts.STILL_GOING).format(bank=saying.bank(item.connector))
        _say(following, News("still", Reply(words), is_end=True))


def _item_of(following: Following) -> Item | None:
    """The Item, or what the person's attempts since then have brought."""
    if following.item_id is None:
        attempts = ConnectAttempt.objects.of(following.company_id)
        used = attempts.filter(
            user=following.chat.person_id, created_at__gte=following.begun_at - LATE_START, item__isnull=False
        )
        found = used.order_by("-used_at").values_list("item_id", flat=True).first()
        if found is None:
            return None
        _keep(following, item_id=found, expires_at=clock.now() + PATIENCE)
    items = Item.objects.of(following.company_id).select_related("connector", "company")
    item = items.filter(pk__in=[following.item_id]).first()
    if item is None or item.is_disconnected:
        _keep(following, finished_at=clock.now())
        return None
    return item


def _news(following: Following, item: Item, at: datetime) -> News | None:
    """What this Item's present state says; None while there is nothing to tell yet."""
    card = reports.connection(following.company, item)
    match card.state:
        case "waiting_input" | "waiting_action":
            return _question(following, item, at)
        case "updating":
            return News("reading", Reply(_line(texts.READING, item)))
        case "reconnect" | "failed":
            return _trouble(item, at)
        case _:
            return _coming(card, item) or _arrived(following, card, at)


def _coming(card: ConnectionCard, item: Item) -> News | None:
    """What the bank said is on its way to us; None when it is here."""
    if card.open_sync is None and not item.has_news:
        return None
    if card.failed_sync is not None and card.open_sync is None:
        return _sync_failed(item)
    return News("bringing", Reply(_line(texts.BRINGING, item)))


def _question(following: Following, item: Item, at: datetime) -> News | None:
    asked = questions.ask(item, remembering.recall(following.chat.chat_id), at)
    if asked is None:
        return None
    reply, memory = asked
    mark = f"asks:{(item.parameter or {}).get('name', '')}:{questions.deadline(item, at):%H%M%S}"
    if item.action_expires_at is None and following.told.startswith("asks:"):
        return None  # a question without a deadline would look new at every look
    if mark != following.told:
        remembering.keep(following.chat.chat_id, memory)  # before it is asked: the answer may be quick
        _keep(following, expires_at=questions.deadline(item, at) + PATIENCE)
    return News(mark, reply, is_new=True)


def _trouble(item: Item, at: datetime) -> News:
    problem = problems.problem_of(item, at=at)
    advice = ADVICE.get(problem.code, ADVICE["UNEXPECTED_ERROR"]) if problem else ADVICE["UNEXPECTED_ERROR"]
    lines = [_line(texts.TROUBLE, item, **_said(advice))]
    buttons: list[list[Button]] = []
    page = access.page_in(item.company_id, f"/conectar?item={item.pk}")
    if item.needs_reconnect:
        buttons = saying.link_button(texts.RECONNECT, page)
        if not buttons:
            lines.append(str(texts.RECONNECT_AT).format(link=saying.esc(saying.address(page))))
    elif problems.may_be_refreshed(item):
        buttons = [[Button(str(texts.AGAIN), data=f"responder:{item.pk.hex}:again")]]
    return News(f"trouble:{item.stage}", Reply("\n".join(lines), buttons), is_new=True, is_end=True)


def _sync_failed(item: Item) -> News:
    words = {"title": str(texts.SYNC_FAILED), "step": str(texts.SYNC_AGAIN)}
    return News("sync_failed", Reply(_line(texts.TROUBLE, item, **words)), is_new=True, is_end=True)


def _arrived(following: Following, card: ConnectionCard, at: datetime) -> News | None:
    item = card.item
    if item.last_sync_at is None:
        return None
    rows = listing.filtered(following.company, TransactionFilter(item_id=item.pk)).count()
    counts = {
        "accounts": saying.counted(len(card.accounts), reading.ONE_ACCOUNT, reading.MANY_ACCOUNTS),
        "rows": saying.counted(rows, reading.ONE_ROW, reading.MANY_ROWS),
    }
    lines = [_line(texts.CONNECTED, item, **counts)]
    problem = problems.problem_of(item, at=at)
    if card.state == "partial" and problem is not None and problem.code in ADVICE:
        lines.append(str(texts.PARTLY).format(**_said(ADVICE[problem.code])))
    buttons = [
        [Button(str(reading.GO_BALANCE), data="saldo:"), Button(str(reading.GO_STATEMENT), data="extrato:")]
    ]
    return News("arrived", Reply("\n".join(lines), buttons), is_new=True, is_end=True)


def _said(advice: Advice) -> dict[str, str]:
    return {"title": saying.esc(str(advice.title)), "step": saying.esc(str(advice.step))}


def _line(words: object, item: Item, **more: str) -> str:
    return str(words).format(bank=saying.bank(item.connector), **more)


def _say(following: Following, news: News) -> None:
    """Remembered before it is said: a look that comes twice says it once. What Telegram did not take is said later."""
    before, ended_before = following.told, following.finished_at
    ended = {"finished_at": clock.now()} if news.is_end else {}
    _keep(following, told=news.mark[:120], **ended)
    client, chat = telegram_bot.client(), following.chat
    try:
        pressed = 0 if news.is_new else following.message_id
        reply = Reply(news.reply.text, news.reply.buttons, news.reply.photo, edits=not news.is_new)
        message_id = sending.send_reply(client, chat.chat_id, reply, pressed=pressed)
    except TelegramForbidden:
        linking.note_blocked(chat)
        _keep(following, finished_at=clock.now())
    except (TelegramRateLimited, TelegramUnavailable) as failure:
        _keep(following, told=before, finished_at=ended_before)
        if isinstance(failure, TelegramRateLimited):
            locks.try_acquire(_turn_of(following), seconds=failure.retry_after)
    except TelegramError as failure:
        log.warning("bot_news_not_said", error=type(failure).__name__, mark=news.mark)
    else:
        if not news.is_new:
            _keep(following, message_id=message_id)


def _keep(following: Following, **values: object) -> None:
    Following.objects.filter(pk=following.pk).update(**values)
    for name, value in values.items():
        setattr(following, name, value)
