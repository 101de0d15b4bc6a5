"""/idioma: the language of this chat."""

from django.utils import translation

from financehub.bot.commands.settling import texts
from financehub.bot.replies import Answer, Said
from financehub.notifications import linking
from financehub.providers.telegram.keyboards import Button


def answer(_said: Said) -> Answer:
    """The two languages."""
    row = [Button(name, data=f"idioma:{code}") for code, name in texts.LANGUAGES.items()]
    return Answer.of(str(texts.WHICH_LANGUAGE), [row])


def press(said: Said) -> Answer:
    """`<code>`: spoken from this answer on."""
    if said.text not in texts.LANGUAGES:
        return answer(said)
    linking.choose_language(chat=said.chat, language=said.text)
    with translation.override(said.text):
        return Answer.of(str(texts.LANGUAGE_CHOSEN), edits=True)
