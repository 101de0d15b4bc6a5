"""/conectar_banco: choose an institution; then its own page for exactly this person, or credentials where allowed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.conf import settings

from financehub.banking import choosing, connecting, entering, pluggy, preparing
from financehub.banking.models import Connector
from financehub.bot import saying
from financehub.bot import texts as common
from financehub.bot.commands.connecting import texts
from financehub.bot.replies import Answer, Follow, Said
from financehub.companies.permissions import Permission
from financehub.core.documents import digits, is_cnpj, is_cpf
from financehub.core.errors import NotFound
from financehub.providers.telegram.keyboards import Button

SEARCH_STEP, DOCUMENT_STEP, CREDENTIALS_STEP = "conectar_banco", "documento", "credenciais"
PATIENCE = timedelta(minutes=10)
CONFIDENTIAL = timedelta(hours=24)  # how long what was asked for may still come, and is taken away
LONGEST_SEARCH = 40
IS_DOCUMENT: dict[str, Callable[[str], bool]] = {"cpf": is_cpf, "cnpj": is_cnpj}


def answer(said: Said) -> Answer:
    """The list; words behind the command are searched for."""
    return _list(said, said.text)


def hear_search(said: Said) -> Answer:
    """A part of a name."""
    return _list(said, said.text)


def press(said: Said) -> Answer:
    """`p:<page>` turns the list, `b:<bank>` chooses, `k:<bank>` wants to type here; without words, the list."""
    _require(said)
    deed, _, what = said.text.partition(":")
    if not what.isdecimal():
        return _list(said, "")
    if deed == "p":
        return _list(said, said.memory.facts.get("text", ""), int(what), edits=True)
    connector = choosing.find(int(what))
    if connector is None:
        raise NotFound
    if connector.health_status == choosing.OFFLINE:
        raise entering.BankOffline
    return _ask_credentials(said, connector) if deed == "k" else _choose(said, connector)


def hear_document(said: Said) -> Answer:
    """A CPF or CNPJ; its message is erased already."""
    _require(said)
    connector, kind = _chosen(said), said.memory.facts.get("kind", "cpf")
    number = digits(said.text)
    if not IS_DOCUMENT[kind](number):
        return Answer.of(
            str(texts.WRONG_DOCUMENT[kind]), memory=_waiting_for_document(said, connector, kind).memory
        )
    return replace(_open(said, connector, number), memory=said.memory.idle())


def hear_credentials(said: Said) -> Answer:
    """The lines of a login; used once, and gone with this call."""
    _require(said)
    connector = _chosen(said)
    lines = [line.strip() for line in said.text.strip().splitlines() if line.strip()]
    if len(lines) != len(connector.credentials):
        words = str(texts.WRONG_LINES).format(count=len(connector.credentials), fields=_fields(connector))
        return Answer.of(words, memory=_waiting_for_credentials(said, connector).memory)
    names = [str(field["name"]) for field in connector.credentials]
    item = entering.create_item(
        company=said.company,
        user=said.person,
        connector_id=connector.pk,
        credentials=dict(zip(names, lines, strict=True)),
        by=said.by,
    )
    return Answer.of(
        str(texts.STARTED).format(bank=saying.bank(connector)),
        memory=said.memory.idle(),
        follow=Follow(connector.name, str(item.pk)),
    )


def _require(said: Said) -> None:
    """Raises Denied, PluggyIsOff, LimitReached."""
    said.require(Permission.CONNECT)
    if not pluggy.is_configured():
        raise pluggy.PluggyIsOff
    connecting.require_room(said.company)


def _list(said: Said, text: str, number: int = 0, *, edits: bool = False) -> Answer:
    _require(said)
    text = " ".join(text.split())[:LONGEST_SEARCH]
    found = choosing.offer(said.company, text=text, number=number)
    lines = [str(texts.WHICH_BANK)]
    if text:
        count = saying.counted(found.found, texts.ONE_BANK, texts.MANY_BANKS)
        words = texts.FOUND if found.found else texts.NO_BANK
        lines.append(str(words).format(text=saying.esc(text), found=count))
    if found.pages > 1:
        lines.append(str(texts.PAGE).format(number=found.number + 1, pages=found.pages))
    rows = [[Button(_label(one), data=f"conectar_banco:b:{one.pk}")] for one in found.connectors]
    turning = []
    if found.number:
        turning.append(Button(str(texts.PREVIOUS), data=f"conectar_banco:p:{found.number - 1}"))
    if found.number + 1 < found.pages:
        turning.append(Button(str(texts.NEXT), data=f"conectar_banco:p:{found.number + 1}"))
    memory = said.memory.waiting(SEARCH_STEP, until=said.at + PATIENCE, text=text)
    return Answer.of("\n".join(lines), [*rows, turning], edits=edits, memory=memory)


def _label(connector: Connector) -> str:
    """Many banks stand there twice: by Open Finance and by their own login."""
    mark = texts.OFFLINE_MARK if connector.health_status == choosing.OFFLINE else ""
    way = texts.BY_OPEN_FINANCE if connector.is_open_finance else ""
    return saying.label(mark + connector.name, less=len(way)) + way


def _choose(said: Said, connector: Connector) -> Answer:
    kind = choosing.document_of(connector)
    if kind:
        return _waiting_for_document(said, connector, kind)
    may_type = settings.TELEGRAM_CREDENTIALS_IN_CHAT and not connector.oauth and connector.credentials
    return _open(said, connector, "", may_type=bool(may_type))


def _waiting_for_document(said: Said, connector: Connector, kind: str) -> Answer:
    memory = said.memory.waiting(
        DOCUMENT_STEP,
        until=said.at + PATIENCE,
        confidential_until=said.at + CONFIDENTIAL,
        connector=str(connector.pk),
        kind=kind,
    )
    return Answer.of(str(texts.ASK[kind]).format(bank=saying.bank(connector)), _way_out(), memory=memory)


def _ask_credentials(said: Said, connector: Connector) -> Answer:
    """Only where the operator allows it, whatever the button says."""
    if not settings.TELEGRAM_CREDENTIALS_IN_CHAT or choosing.document_of(connector) or connector.oauth:
        return _choose(said, connector)
    return _waiting_for_credentials(said, connector)


def _waiting_for_credentials(said: Said, connector: Connector) -> Answer:
    memory = said.memory.waiting(
        CREDENTIALS_STEP,
        until=said.at + PATIENCE,
        confidential_until=said.at + CONFIDENTIAL,
        connector=str(connector.pk),
    )
    words = str(texts.ASK_CREDENTIALS).format(fields=_fields(connector))
    return Answer.of(words, _way_out(), memory=memory)


def _fields(connector: Connector) -> str:
    return "\n".join(
        f"• {saying.esc(str(field['label'] or field['name']))}" for field in connector.credentials
    )


def _way_out() -> list[list[Button]]:
    return [[Button(str(common.CANCEL), data="cancelar:")]]


def _chosen(said: Said) -> Connector:
    key = said.memory.facts.get("connector", "")
    connector = choosing.find(int(key)) if key.isdecimal() else None
    if connector is None:
        raise NotFound
    return connector


def _open(said: Said, connector: Connector, document: str, *, may_type: bool = False) -> Answer:
    """The address that goes on in this person's browser."""
    token = preparing.prepare_connection(
        company=said.company, user=said.person, connector=connector, document=document, by=said.by
    )
    page, bank = f"/conectar/pedido/{token}", saying.bank(connector)
    buttons = saying.link_button(saying.label(str(texts.OPEN_BUTTON).format(bank=connector.name)), page)
    words = texts.OPEN if buttons else texts.OPEN_BY_LINK
    text = str(words).format(bank=bank, link=saying.esc(saying.address(page)))
    if may_type:
        text = f"{str(texts.TWO_WAYS).format(bank=bank)}\n\n{text}"
        buttons = [*buttons, [Button(str(texts.TYPE_HERE), data=f"conectar_banco:k:{connector.pk}")]]
    return Answer.of(text, buttons, memory=said.memory.abandoned(), follow=Follow(connector.name))
