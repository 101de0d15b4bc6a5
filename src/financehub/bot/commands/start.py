"""/start: a stranger learns how to link, a link is confirmed and used, a known person is greeted."""

from django.conf import settings

from financehub.audit.recording import Actor
from financehub.bot import saying
from financehub.bot import texts as common
from financehub.bot.commands import ajuda, empresa
from financehub.bot.commands.settling import texts
from financehub.bot.memory import Memory
from financehub.bot.replies import WHERE_FROM, Answer, Reply, Said
from financehub.companies import access
from financehub.companies.models import User
from financehub.notifications import linking
from financehub.notifications.models import TelegramChat
from financehub.providers.telegram.keyboards import Button

PAGE = "/conta/telegram"
NO = "no"


def answer(said: Said) -> Answer:
    """Of somebody we know already."""
    hello = str(texts.ALREADY).format(name=saying.esc(_name(said.person)))
    return ajuda.explain(said, hello)


def press(said: Said) -> Answer:
    """A known person's old button."""
    return answer(said)


def greet_stranger() -> Answer:
    """How to link; nothing else is said to a chat that is nobody's."""
    text = str(common.STRANGER).format(link=saying.esc(saying.address(PAGE)))
    return Answer.of(text, saying.link_button(common.OPEN_SITE, PAGE))


def ask_to_link(token: str) -> Answer:
    """The link was opened here: whether the account is really theirs. Nothing is tied before they say so."""
    try:
        person = linking.find(token).person
    except linking.LinkClosed:
        return _closed()
    words = str(texts.ASK_LINK).format(person=saying.esc(masked(person.email)))
    buttons = [
        Button(str(texts.YES_LINK), data=f"start:{token}"),
        Button(str(texts.NO_LINK), data=f"start:{NO}"),
    ]
    return Answer.of(words, [buttons])


def link(token: str, *, chat_id: int, memory: Memory) -> Answer:
    """They said yes (or no). `memory` is the chat's, of whoever had it before."""
    if token == NO:
        return Answer.of(str(texts.NOT_LINKED), edits=True)
    try:
        person = linking.find(token).person
        by = Actor("user", person.pk, via=WHERE_FROM)
        chat = linking.redeem(token, chat_id=chat_id, language=language_of(person), by=by)
    except linking.LinkClosed:
        return _closed()
    return _welcome(chat, memory.forgotten())


def language_of(person: User) -> str:
    """The person's own, where we speak it."""
    return person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def masked(email: str) -> str:
    """Enough of an address to know one's own by: `a***@example.com`."""
    name, _, host = email.partition("@")
    return f"{name[:1]}***@{host}"


def _welcome(chat: TelegramChat, memory: Memory) -> Answer:
    """What the chat was in the middle of with somebody else is forgotten."""
    hello = Reply(str(texts.LINKED).format(name=saying.esc(_name(chat.person))), edits=True)
    places = access.memberships_of(chat.person)
    if len(places) > 1:
        return Answer((hello, *empresa.choice(places).replies), memory)
    if not places:
        return Answer((hello, Reply(str(common.NO_COMPANY))), memory)
    return Answer((hello, Reply(f"{common.HELP_TITLE}\n{ajuda.commands()}")), memory)


def _closed() -> Answer:
    return Answer.of(str(texts.LINK_CLOSED).format(link=saying.esc(saying.address(PAGE))))


def _name(person: User) -> str:
    return person.name or person.email.partition("@")[0]
