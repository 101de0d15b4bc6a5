"""A bank's question as a chat can put it: a field to answer, a picture to read, a choice to press, an errand."""

import base64
from datetime import datetime, timedelta

from financehub.banking import questions
from financehub.banking.models import Item
from financehub.banking.models.items import DEFAULT_ACTION_SECONDS
from financehub.banking.questions import Errand, Question
from financehub.bot import saying
from financehub.bot.commands.connecting import texts
from financehub.bot.memory import Memory
from financehub.bot.replies import Reply
from financehub.providers.telegram.keyboards import Button

STEP = "responder"
LATE = timedelta(minutes=15)  # an answer that comes after the deadline is still nobody's business


def ask(item: Item, memory: Memory, at: datetime) -> tuple[Reply, Memory] | None:
    """What to say about what the Item waits for, and the memory that waits with it; None while it is unknown."""
    question = questions.question_of(item)
    if question is not None:
        return _question(item, question, memory, at)
    errand = questions.errand_of(item)
    return (_errand(item, errand), memory) if errand is not None else None


def deadline(item: Item, at: datetime) -> datetime:
    """Until when the bank takes the answer."""
    return item.action_expires_at or at + timedelta(seconds=DEFAULT_ACTION_SECONDS)


def option(item: Item, place: str) -> str | None:
    """The value of a choice that was pressed, by its place; None when the bank no longer offers it."""
    question = questions.question_of(item)
    options = question.options if question else []
    return options[int(place)].value if place.isdecimal() and int(place) < len(options) else None


def _question(item: Item, question: Question, memory: Memory, at: datetime) -> tuple[Reply, Memory]:
    until = deadline(item, at)
    bank = saying.bank(item.connector)
    lines = [
        str(texts.QUESTION).format(bank=bank, label=saying.esc(question.label)),
        saying.esc(question.hint),
    ]
    lines.append(str(texts.UNTIL).format(hour=saying.hour(until)))
    if question.kind == "select":
        buttons = [
            [Button(saying.label(one.label or one.value), data=f"{STEP}:{item.pk.hex}:{place}")]
            for place, one in enumerate(question.options)
        ]
        return Reply("\n".join(filter(None, lines)), buttons), memory
    lines.append(str(texts.WRITE_ANSWER))
    waiting = memory.waiting(STEP, until=until, confidential_until=until + LATE, item=item.pk.hex)
    return Reply("\n".join(filter(None, lines)), photo=_picture(question.image)), waiting


def _errand(item: Item, errand: Errand) -> Reply:
    lines = [str(texts.ERRAND).format(bank=saying.bank(item.connector)), saying.esc(errand.instructions)]
    if item.action_expires_at:
        lines.append(str(texts.UNTIL).format(hour=saying.hour(item.action_expires_at)))
    is_public = errand.url.startswith("https://")
    if errand.url and not is_public:  # Telegram takes buttons to public addresses only
        lines.append(saying.esc(errand.url))
    buttons = [[Button(str(texts.OPEN_ERRAND), url=errand.url)]] if is_public else []
    return Reply("\n".join(filter(None, lines)), buttons, photo=_picture(errand.image))


def _picture(data: str) -> bytes:
    """The bytes of a data address that banking.questions has checked."""
    return base64.b64decode(data.partition("base64,")[2]) if data else b""
