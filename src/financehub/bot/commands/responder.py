"""Answering a bank's question: its button asks again, a choice answers, a free text answers."""

from uuid import UUID

from financehub.banking import answering
from financehub.banking.models import Item
from financehub.bot import saying
from financehub.bot.commands.connecting import questions, texts
from financehub.bot.replies import Answer, Follow, Said
from financehub.companies.permissions import Permission
from financehub.core.errors import NotFound

STEP = questions.STEP


def press(said: Said) -> Answer:
    """`<item>` asks, `<item>:<place>` chooses, `<item>:again` starts the bank's reading once more."""
    said.require(Permission.WRITE)
    key, _, place = said.text.partition(":")
    item = item_of(said, key)
    if place == "again":
        return _again(said, item)
    if place:
        return _choose(said, item, place)
    asked = questions.ask(item, said.memory, said.at)
    if asked is None:
        return Answer.of(str(texts.NO_QUESTION).format(bank=saying.bank(item.connector)))
    reply, memory = asked
    return Answer((reply,), memory, follow=Follow(item.connector.name, str(item.pk)))


def hear(said: Said) -> Answer:
    """The person's answer; its message is erased already."""
    said.require(Permission.WRITE)
    return _send(said, item_of(said, said.memory.facts.get("item", "")), said.text.strip())


def item_of(said: Said, key: str) -> Item:
    """A live connection of the company. Raises NotFound."""
    try:
        wanted = UUID(key)
    except ValueError:
        raise NotFound from None
    return (
        Item.objects.of(said.company).connected().select_related("connector", "company").get_or_raise(wanted)
    )


def _choose(said: Said, item: Item, place: str) -> Answer:
    value = questions.option(item, place)
    if value is None:
        raise answering.NotAsked
    return _send(said, item, value)


def _send(said: Said, item: Item, value: str) -> Answer:
    answering.answer_mfa(item=item, value=value, by=said.by)
    words = str(texts.ANSWERED).format(bank=saying.bank(item.connector))
    return Answer.of(words, memory=said.memory.idle(), follow=Follow(item.connector.name, str(item.pk)))


def _again(said: Said, item: Item) -> Answer:
    answering.refresh_item(item=item, by=said.by)
    words = str(texts.STARTED).format(bank=saying.bank(item.connector))
    return Answer.of(words, follow=Follow(item.connector.name, str(item.pk)))
