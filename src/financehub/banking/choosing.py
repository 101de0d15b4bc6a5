"""Choosing an institution to connect: search, pages, the ones people want most first."""

import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

from financehub.banking import connectors, pluggy
from financehub.banking.models import Connector, Item
from financehub.companies.models import Company
from financehub.providers.pluggy.errors import PluggyError

# Institutions most people bank with, in the order of how many do; the words that their names hold.
FAVOURITES = (
    "nubank",
    "itau",
    "caixa",
    "bradesco",
    "banco do brasil",
    "santander",
    "inter",
    "mercado pago",
    "c6",
    "picpay",
)
OFFLINE = "OFFLINE"
LISTED, LISTED_SECONDS = "banking:connectors-listed", 24 * 3600


@dataclass(frozen=True)
class Offer:
    """One page of institutions. `number` counts from 0."""

    connectors: list[Connector]
    number: int
    pages: int
    found: int


def offer(company: Company, *, text: str = "", number: int = 0, size: int = 8) -> Offer:
    """Institutions whose names hold every word of `text`, whatever the accents; a page past the end is the last.

    Those that the company has had first, then the favourites, Open Finance before direct ones; then by name.
    """
    words = plain(text).split()
    known = [one for one in _mirrored() if all(word in plain(one.name) for word in words)]
    mine = set(Item.objects.of(company).values_list("connector_id", flat=True))
    known.sort(key=lambda one: _rank(one, mine))
    pages = max(1, -(-len(known) // size))
    number = max(0, min(number, pages - 1))
    return Offer(known[number * size : (number + 1) * size], number, pages, len(known))


def find(connector_id: int) -> Connector | None:
    """One of those that are offered."""
    return next((one for one in _mirrored() if one.id == connector_id), None)


def document_of(connector: Connector) -> str:
    """What an authorising institution identifies a person by: `cpf`, `cnpj` or nothing."""
    if not (connector.is_open_finance or connector.oauth):
        return ""
    names = [field["name"] for field in connector.credentials]
    return next((name for name in ("cpf", "cnpj") if name in names), "")


def plain(text: str) -> str:
    """Lower case without accents, for comparing."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def _mirrored() -> list[Connector]:
    """What Pluggy offers; where it does not answer, what we know of it."""
    _keep_current()
    return list(Connector.objects.filter(is_sandbox__in={False, settings.PLUGGY_USE_SANDBOX}))


def _keep_current() -> None:
    """The whole list is asked for once a day: single institutions are mirrored by every connection as well."""
    if not pluggy.is_configured() or not cache.add(LISTED, True, LISTED_SECONDS):
        return
    try:
        connectors.refresh_connectors()
    except PluggyError:
        cache.delete(LISTED)
        if not Connector.objects.exists():
            raise


def _rank(connector: Connector, mine: set[int]) -> tuple[bool, int, bool, str, int]:
    name = plain(connector.name)
    place = next((place for place, words in enumerate(FAVOURITES) if words in name), len(FAVOURITES))
    return (connector.id not in mine, place, not connector.is_open_finance, name, connector.id)
