"""/silenciar: no notices here for a while."""

from datetime import timedelta

from financehub.bot import saying
from financehub.bot.commands.settling import texts
from financehub.bot.replies import Answer, Said
from financehub.core import clock
from financehub.notifications import linking
from financehub.providers.telegram.keyboards import Button


def answer(said: Said) -> Answer:
    """For how long; and whether it is silent now."""
    lines = [str(texts.MUTE_ASK)]
    rows = [[Button(str(words), data=f"silenciar:{hours}") for hours, words in texts.MUTE_CHOICES.items()]]
    if said.chat.muted_until is not None and said.chat.is_muted(said.at):
        lines.append(_until(said))
        rows.append([Button(str(texts.SPEAK), data="silenciar:0")])
    return Answer.of("\n".join(lines), rows)


def press(said: Said) -> Answer:
    """`<hours>`; 0 speaks again."""
    hours = int(said.text) if said.text.isdecimal() else -1
    if hours == 0:
        linking.mute(chat=said.chat, until=None)
        return Answer.of(str(texts.SPEAKING), edits=True)
    if hours not in texts.MUTE_CHOICES:
        return answer(said)
    linking.mute(chat=said.chat, until=said.at + timedelta(hours=hours))
    speak = [[Button(str(texts.SPEAK), data="silenciar:0")]]
    return Answer.of(_until(said), speak, edits=True)


def _until(said: Said) -> str:
    until = said.chat.muted_until or said.at
    day = saying.day(until.astimezone(clock.SAO_PAULO).date())
    return str(texts.MUTED_NOW).format(until=f"{day} {saying.hour(until)}")
