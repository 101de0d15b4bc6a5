"""/desvincular: the chat and the person part."""

from financehub.bot import texts as common
from financehub.bot.commands.settling import texts
from financehub.bot.replies import Answer, Said
from financehub.notifications import linking
from financehub.providers.telegram.keyboards import Button

YES = "y"


def answer(_said: Said) -> Answer:
    """Whether they are sure."""
    buttons = [
        Button(str(texts.YES_UNLINK), data=f"desvincular:{YES}"),
        Button(str(common.CANCEL), data="cancelar:"),
    ]
    return Answer.of(str(texts.ASK_UNLINK), [buttons])


def press(said: Said) -> Answer:
    """Do it; everything that the chat was in the middle of is forgotten."""
    if said.text != YES:
        return answer(said)
    linking.unlink(chat=said.chat, by=said.by)
    return Answer.of(str(texts.UNLINKED), edits=True, memory=said.memory.forgotten())
