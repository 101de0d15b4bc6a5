"""/empresa: which of the person's companies this chat speaks about."""

from financehub.bot import saying
from financehub.bot.commands.settling import texts
from financehub.bot.replies import Answer, Said
from financehub.companies import access
from financehub.companies.models import Membership
from financehub.core.errors import NotFound
from financehub.notifications import linking
from financehub.providers.telegram.keyboards import Button


def answer(said: Said) -> Answer:
    """The choice, when there is one."""
    places = access.memberships_of(said.person)
    if len(places) == 1:
        return Answer.of(str(texts.ONE_COMPANY).format(company=saying.esc(places[0].company.name)))
    return choice(places)


def press(said: Said) -> Answer:
    """`<company>`: only one of the person's own. What was under way in the other one ends."""
    if not said.text:
        return answer(said)
    place = next((one for one in access.memberships_of(said.person) if one.company_id.hex == said.text), None)
    if place is None:
        raise NotFound
    linking.choose_company(chat=said.chat, company=place.company)
    words = str(texts.COMPANY_CHOSEN).format(company=saying.esc(place.company.name))
    return Answer.of(words, edits=True, memory=said.memory.forgotten())


def choice(places: list[Membership]) -> Answer:
    """A button for each company."""
    buttons = [
        [Button(saying.label(place.company.name), data=f"empresa:{place.company_id.hex}")] for place in places
    ]
    return Answer.of(str(texts.WHICH_COMPANY), buttons)
