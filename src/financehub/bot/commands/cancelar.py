"""/cancelar: stop what was under way."""

from financehub.bot import texts
from financehub.bot.replies import Answer, Said


def answer(said: Said) -> Answer:
    """Whatever was asked is no longer waited for; a secret that still comes is taken away."""
    was_waiting = bool(said.memory.step)
    return Answer.of(
        str(texts.CANCELLED if was_waiting else texts.NOTHING_TO_CANCEL), memory=said.memory.abandoned()
    )


def press(said: Said) -> Answer:
    """The button under a question: the question itself goes."""
    return Answer.of(str(texts.CANCELLED), edits=True, memory=said.memory.abandoned())
