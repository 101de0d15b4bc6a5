"""What a notification says to a reader: title, body and address, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from financehub.categories import tree
from financehub.companies import access
from financehub.notifications import texts
from financehub.notifications.kinds import KINDS, Kind
from financehub.notifications.models import Notification

# Words whose value is a name in one of our own tables, so that it is said in the reader's language.
NAMED: Mapping[str, dict[str, dict[str, str]]] = {
    "channel": texts.CHANNELS,
    "role": texts.ROLES,
    "what": texts.LIMITS,
    "product": texts.QUOTAS,
    "habit": {
        texts.PT: {one.id: one.portuguese for one in tree.all_categories().values()},
        texts.EN: {one.id: one.english for one in tree.all_categories().values()},
    },
}


@dataclass(frozen=True)
class Wording:
    """The words of one notification in one language; `link` is absolute, `page` is not.

    `way` leads to the page from outside, where nobody knows which company its reader looked at last.
    """

    title: str
    body: str
    page: str
    way: str

    @property
    def link(self) -> str:
        return f"{settings.PUBLIC_URL}{self.way}"


class _Known(dict[str, object]):
    """A word that an older row lacks is left out, not an error on every page that shows it."""

    def __missing__(self, key: str) -> str:
        return ""


def word(notification: Notification, language: str) -> Wording:
    """Its title and body for whoever reads `language` (a code of settings.LANGUAGES), and the page that helps."""
    kind = KINDS[notification.kind]
    page = kind.page.format(id=notification.object_id)
    if kind.template:
        title, body = _from_templates(kind, notification, language, page)
    else:
        text = texts.TEXTS[kind.name][language]
        words = _Known(_in_language(notification.words, language))
        title, body = text.title.format_map(words), text.body.format_map(words)
    title = " ".join(title.split())  # one line, whatever a bank wrote
    way = page if kind.audience is None else access.page_in(notification.company_id, page)
    return Wording(title=title, body=body.strip(), page=page, way=way)


def _in_language(words: Mapping[str, object], language: str) -> dict[str, object]:
    named = {
        name: table[language].get(str(words[name]), words[name])
        for name, table in NAMED.items()
        if name in words
    }
    return {**words, **named}


def _from_templates(kind: Kind, notification: Notification, language: str, page: str) -> tuple[str, str]:
    """A room's own mail texts; they end with the link, which every channel adds in its own way."""
    link = f"{settings.PUBLIC_URL}{page}"
    words = {"company": notification.company.name, **notification.words, "link": link}
    with translation.override(language):
        title = render_to_string(f"{kind.template}_subject.txt", words)
        body = render_to_string(f"{kind.template}_message.txt", words)
    return title, body.strip().removesuffix(link).rstrip()
