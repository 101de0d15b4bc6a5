"""Who answers what: in a group nobody, to a stranger only how to link, to a person one command.

Nothing is sent or remembered here: an answer is data. What a command changes, it changes by one verb of the domain.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from django.utils import translation

from financehub.bot import menu, saying, texts
from financehub.bot.commands import (
    ajuda,
    avisos,
    cancelar,
    conectar_banco,
    desconectar_banco,
    desvincular,
    empresa,
    extrato,
    fatura,
    idioma,
    minhas_contas,
    responder,
    saldo,
    silenciar,
    sincronizar,
    start,
)
from financehub.bot.memory import Memory
from financehub.bot.replies import Answer, Said
from financehub.companies import access
from financehub.companies.models import Membership
from financehub.core.errors import DomainError
from financehub.notifications import linking
from financehub.notifications.models import TelegramChat
from financehub.providers.pluggy.errors import PluggyError
from financehub.providers.telegram.updates import Kind, Update

Handler = Callable[[Said], Answer]

COMMANDS: Mapping[str, Handler] = {
    "start": start.answer,
    "ajuda": ajuda.answer,
    "saldo": saldo.answer,
    "extrato": extrato.answer,
    "fatura": fatura.answer,
    "minhas_contas": minhas_contas.answer,
    "conectar_banco": conectar_banco.answer,
    "desconectar_banco": desconectar_banco.answer,
    "sincronizar": sincronizar.answer,
    "empresa": empresa.answer,
    "idioma": idioma.answer,
    "silenciar": silenciar.answer,
    "desvincular": desvincular.answer,
    "cancelar": cancelar.answer,
}
BUTTONS: Mapping[str, Handler] = {
    "start": start.press,
    "ajuda": ajuda.press,
    "saldo": saldo.press,
    "extrato": extrato.press,
    "fatura": fatura.press,
    "minhas_contas": minhas_contas.press,
    "conectar_banco": conectar_banco.press,
    "responder": responder.press,
    "desconectar_banco": desconectar_banco.press,
    "sincronizar": sincronizar.press,
    "empresa": empresa.press,
    "idioma": idioma.press,
    "silenciar": silenciar.press,
    "desvincular": desvincular.press,
    "cancelar": cancelar.press,
    "n": avisos.press,  # what notifications puts under a notice
}
STEPS: Mapping[str, Handler] = {
    extrato.STEP: extrato.hear,
    conectar_banco.SEARCH_STEP: conectar_banco.hear_search,
    conectar_banco.DOCUMENT_STEP: conectar_banco.hear_document,
    conectar_banco.CREDENTIALS_STEP: conectar_banco.hear_credentials,
    responder.STEP: responder.hear,
}

log = structlog.get_logger()


@dataclass(frozen=True)
class Heard:
    """An update in its circumstances: whose chat it is (None: nobody's), what it was in the middle of, when."""

    update: Update
    chat: TelegramChat | None
    memory: Memory
    at: datetime
    bot_username: str


def answer(heard: Heard) -> Answer:
    """What to say, in the language of the chat."""
    with translation.override(_language(heard)):
        if not heard.update.is_private:
            return _in_group(heard)
        if heard.chat is None:
            return _to_stranger(heard.update, heard.memory)
        return _to_person(heard, heard.chat)


def _language(heard: Heard) -> str:
    if heard.chat is not None:
        return heard.chat.language
    return "en" if heard.update.sender.language and not _is_portuguese(heard.update) else "pt-br"


def _is_portuguese(update: Update) -> bool:
    return update.sender.language.lower().startswith("pt")


def _in_group(heard: Heard) -> Answer:
    """Whoever asks a command hears where to ask it; the group's own talk is none of ours."""
    said = str(texts.IN_PRIVATE).format(link=f"https://t.me/{heard.bot_username}")
    if heard.update.kind == Kind.PRESS:
        return Answer(toast=said)
    is_asked = heard.update.kind == Kind.TEXT and heard.update.text.startswith("/")
    return Answer.of(said) if is_asked else Answer()


def _to_stranger(update: Update, memory: Memory) -> Answer:
    """Only what concerns linking: whether anything else exists is not theirs to learn."""
    name, rest = _split(update)
    if update.kind == Kind.PRESS and name == "start":
        return start.link(rest, chat_id=update.chat_id, memory=memory)
    if update.kind == Kind.TEXT and name == "start" and rest:
        return start.ask_to_link(rest)
    return Answer() if update.kind == Kind.EDIT else start.greet_stranger()


def _to_person(heard: Heard, chat: TelegramChat) -> Answer:
    name, rest = _split(heard.update)
    if name == "start" and rest:  # a new link, opened in a chat that is linked: it may change hands
        is_press = heard.update.kind == Kind.PRESS
        linked = start.link(rest, chat_id=chat.chat_id, memory=heard.memory) if is_press else None
        return linked or start.ask_to_link(rest)
    places = access.memberships_of(chat.person)
    place = next((one for one in places if one.company_id == chat.company_id), None)
    if place is None:
        return _without_company(heard, chat, places)
    said = Said(chat=chat, place=place, at=heard.at, memory=heard.memory)
    try:
        return _dispatch(heard.update, said)
    except DomainError as refusal:
        return Answer.of(saying.refusal(refusal), memory=_after_refusal(heard))
    except PluggyError as failure:
        log.warning("bot_bank_away", error=type(failure).__name__, code=failure.code)
        return Answer.of(str(texts.BANK_AWAY), memory=_after_refusal(heard))


def _after_refusal(heard: Heard) -> Memory | None:
    """A step whose words were refused is over; a refused button leaves it."""
    return None if heard.update.kind == Kind.PRESS else heard.memory.abandoned()


def _without_company(heard: Heard, chat: TelegramChat, places: list[Membership]) -> Answer:
    """No company was chosen, or the person has left it."""
    if not places:
        return Answer.of(str(texts.NO_COMPANY))
    if len(places) == 1:
        linking.choose_company(chat=chat, company=places[0].company)
        return _to_person(heard, chat)
    name, rest = _split(heard.update)
    if heard.update.kind == Kind.PRESS and name == "empresa" and rest:
        said = Said(chat=chat, place=places[0], at=heard.at, text=rest, memory=heard.memory)
        return empresa.press(said)
    return empresa.choice(places)


def _dispatch(update: Update, said: Said) -> Answer:
    match update.kind:
        case Kind.PRESS:
            return _press(update, said)
        case Kind.TEXT:
            return _text(update, said)
        case Kind.EDIT:
            return _late_secret(said) or Answer()
        case _:
            return _late_secret(said) or ajuda.explain(said, texts.PICTURE)


def _press(update: Update, said: Said) -> Answer:
    name, rest = _split(update)
    handler = BUTTONS.get(name)
    return handler(said.saying(rest)) if handler else Answer(toast=str(texts.OLD_BUTTON))


def _text(update: Update, said: Said) -> Answer:
    name, rest = _split(update)
    if name and not _is_secret_step(said, update):
        return _command(name, said.saying(rest))
    step = said.memory.step_at(said.at)
    if step in STEPS:
        return STEPS[step](said.saying(update.text))
    return _late_secret(said) or _plain_words(update.text, said)


def _plain_words(text: str, said: Said) -> Answer:
    """A command without its slash, or help."""
    name, rest = menu.meant(text)
    return _command(name, said.saying(rest)) if name else ajuda.explain(said, texts.NOT_UNDERSTOOD)


def _is_secret_step(said: Said, update: Update) -> bool:
    """Only a command alone in its line is one while a secret is awaited: the same rule keeps it out of the row."""
    return said.memory.is_confidential(said.at) and "\n" in update.text.strip()


def _command(name: str, said: Said) -> Answer:
    """Whatever was under way before it is abandoned."""
    made = COMMANDS[name](said)
    is_forgotten = made.memory is None and said.memory.step
    return replace(made, memory=said.memory.abandoned()) if is_forgotten else made


def _late_secret(said: Said) -> Answer | None:
    is_late = said.memory.is_confidential(said.at)
    return Answer.of(str(texts.ERASED_LATE)) if is_late else None


def _split(update: Update) -> tuple[str, str]:
    """(command, the rest); the command is empty for what is none."""
    if update.kind == Kind.PRESS:
        name, _, rest = update.text.partition(":")
        return name, rest
    head, _, rest = update.text.strip().partition(" ")
    if update.kind != Kind.TEXT or not head.startswith("/"):
        return "", ""
    return menu.canonical(head[1:].partition("@")[0]), rest.strip()
