"""/sincronizar: ask the bank for news; where it may not be asked now, read again what the provider has."""

from financehub.banking import answering, reports, requesting
from financehub.banking.models import Item, Sync
from financehub.bot import saying
from financehub.bot.commands import responder
from financehub.bot.commands.connecting import texts
from financehub.bot.replies import Answer, Follow, Said
from financehub.companies.permissions import Permission
from financehub.core.errors import DomainError
from financehub.providers.telegram.keyboards import Button

ALL = "all"
READ_INSTEAD = {"already_fresh", "cannot_refresh"}


def answer(said: Said) -> Answer:
    """A single bank at once, else the choice."""
    said.require(Permission.WRITE)
    cards = reports.connections(said.company)
    if not cards:
        return Answer.of(str(texts.NONE_CONNECTED))
    if len(cards) == 1:
        return _one(said, cards[0].item)
    buttons = [
        [Button(saying.label(card.connector.name), data=f"sincronizar:{card.item.pk.hex}")] for card in cards
    ]
    return Answer.of(
        str(texts.WHICH_SYNC), [[Button(str(texts.ALL_BANKS), data=f"sincronizar:{ALL}")], *buttons]
    )


def press(said: Said) -> Answer:
    """`<item>`, `all`, or without words the choice."""
    said.require(Permission.WRITE)
    if not said.text:
        return answer(said)
    if said.text == ALL:
        lines = [_ask(said, card.item)[0] for card in reports.connections(said.company)]
        return Answer.of("\n".join(lines), edits=True)
    return _one(said, responder.item_of(said, said.text))


def _one(said: Said, item: Item) -> Answer:
    line, is_moving = _ask(said, item)
    return Answer.of(line, follow=Follow(item.connector.name, str(item.pk)) if is_moving else None)


def _ask(said: Said, item: Item) -> tuple[str, bool]:
    """What to say of one bank, and whether something moves now."""
    bank = saying.bank(item.connector)
    try:
        answering.refresh_item(item=item, by=said.by)
    except DomainError as refusal:
        if refusal.code not in READ_INSTEAD:
            return str(texts.SYNC_NOT).format(bank=bank, why=saying.refusal(refusal)), False
        requesting.request_sync(item=item, trigger=Sync.Trigger.PERSON, by=said.by, full=True)
        return str(texts.SYNC_READ).format(bank=bank, why=saying.refusal(refusal)), True
    return str(texts.SYNC_ASKED).format(bank=bank), True
