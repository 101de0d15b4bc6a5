"""The filters in force, each with the address that takes it away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from financehub.banking.models import Account
from financehub.categories import tree as categories
from financehub.web import ages, texts
from financehub.web.forms import NO_CATEGORY_WORD, read_filter

PAGE = "depois"


@dataclass(frozen=True)
class Chip:
    """What is filtered, in words, and the query without it."""

    label: str
    without: str


def of(query: QueryDict, accounts: Iterable[Account]) -> list[Chip]:
    """A chip per filter that the address names and that means something."""
    return [Chip(label, without(query, name, PAGE)) for name, label in _labels(query, accounts) if label]


def with_value(query: QueryDict, name: str, value: str) -> str:
    """The same query with one value set."""
    copy = query.copy()
    copy[name] = value
    return copy.urlencode()


def without(query: QueryDict, *names: str) -> str:
    """The same query with some values left out."""
    copy = query.copy()
    for name in names:
        copy.pop(name, None)
    return copy.urlencode()


def _labels(query: QueryDict, accounts: Iterable[Account]) -> list[tuple[str, str]]:
    filters = read_filter(query)
    names = {account.pk: account.name for account in accounts}
    banks = {account.item_id: account.item.connector.name for account in accounts if account.item}
    category = query.get("categoria", "")
    words = texts.FILTERS
    return [
        ("busca", f'"{filters.text}"' if filters.text else ""),
        ("conta", names.get(filters.account_id, "") if filters.account_id else ""),
        ("conexao", banks.get(filters.item_id, "") if filters.item_id else ""),
        (
            "categoria",
            str(words["none"]) if category == NO_CATEGORY_WORD else categories.name_of(filters.category_id),
        ),
        ("mes", ages.month_name(date.fromisoformat(f"{query['mes']}-01")) if _names_month(query) else ""),
        ("de", str(words["from"]).format(_day(query, "de")) if _day(query, "de") else ""),
        ("ate", str(words["to"]).format(_day(query, "ate")) if _day(query, "ate") else ""),
        ("situacao", str(words.get(query.get("situacao", ""), ""))),
        ("sentido", str(words.get(query.get("sentido", ""), ""))),
        ("ocultas", str(words["hidden"]) if filters.with_hidden else ""),
    ]


def _names_month(query: QueryDict) -> bool:
    month = QueryDict(mutable=True)
    month["mes"] = query.get("mes", "")
    return read_filter(month).from_date is not None


def _day(query: QueryDict, name: str) -> str:
    try:
        return ages.short_day(date.fromisoformat(query.get(name, "")))
    except ValueError:
        return ""
