"""/desconectar_banco: which one, whether to keep its history, then the end of it, at the vendor first."""

from financehub.banking import disconnecting, listing, reports
from financehub.banking.listing import TransactionFilter
from financehub.bot import saying
from financehub.bot import texts as common
from financehub.bot.commands import responder
from financehub.bot.commands import texts as reading
from financehub.bot.commands.connecting import texts
from financehub.bot.replies import Answer, Said
from financehub.companies.permissions import Permission
from financehub.providers.telegram.keyboards import Button

KEEP, DROP, ASK = "k", "d", "q"


def answer(said: Said) -> Answer:
    """The connected banks."""
    said.require(Permission.WRITE)
    cards = reports.connections(said.company)
    if not cards:
        return Answer.of(str(texts.NONE_CONNECTED))
    buttons = [
        [Button(saying.label(card.connector.name), data=f"desconectar_banco:{ASK}:{card.item.pk.hex}")]
        for card in cards
    ]
    return Answer.of(str(texts.WHICH_OUT), [*buttons, [Button(str(common.CANCEL), data="cancelar:")]])


def press(said: Said) -> Answer:
    """`q:<item>` asks whether, `k:<item>` does it and keeps the history, `d:<item>` does it and deletes."""
    said.require(Permission.WRITE)
    deed, _, key = said.text.partition(":")
    if deed not in {ASK, KEEP, DROP}:
        return answer(said)
    item = responder.item_of(said, key)
    bank = saying.bank(item.connector)
    if deed == ASK:
        rows = listing.filtered(said.company, TransactionFilter(item_id=item.pk)).count()
        accounts = len(reports.connection(said.company, item).accounts)
        counts = {
            "accounts": saying.counted(accounts, reading.ONE_ACCOUNT, reading.MANY_ACCOUNTS),
            "rows": saying.counted(rows, reading.ONE_ROW, reading.MANY_ROWS),
        }
        return Answer.of(str(texts.SURE).format(bank=bank, **counts), _choices(item.pk.hex), edits=True)
    disconnecting.disconnect(item=item, by=said.by, keep_history=deed == KEEP)
    words = texts.DISCONNECTED_KEPT if deed == KEEP else texts.DISCONNECTED_GONE
    return Answer.of(str(words).format(bank=bank), edits=True)


def _choices(key: str) -> list[list[Button]]:
    return [
        [Button(str(texts.KEEP_HISTORY), data=f"desconectar_banco:{KEEP}:{key}")],
        [Button(str(texts.DROP_HISTORY), data=f"desconectar_banco:{DROP}:{key}")],
        [Button(str(common.CANCEL), data="cancelar:")],
    ]
