"""What the vendor's category ids are called, in the two languages of the pages."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

SOURCE = Path(__file__).with_name("categories.csv")


@dataclass(frozen=True)
class Category:
    """One of the 130 categories; `parent_id` is empty for the 22 top ones."""

    id: str
    parent_id: str
    english: str
    portuguese: str

    @property
    def name(self) -> str:
        """In the language of the present page."""
        return self.english if (get_language() or "").startswith("en") else self.portuguese


@dataclass(frozen=True)
class Branch:
    """A top category and everything below it, at any depth."""

    top: Category
    below: list[Category]


@cache
def all_categories() -> dict[str, Category]:
    """Every category by id, in the vendor's order."""
    with SOURCE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return {row["id"]: Category(row["id"], row["parent"], row["en"], row["pt"]) for row in rows}


def name_of(category_id: str | None) -> str:
    """The name, the id itself when the vendor has a category we do not know, nothing for no category."""
    known = all_categories().get(category_id or "")
    return known.name if known else category_id or ""


def exists(category_id: str) -> bool:
    """Whether the vendor has this category."""
    return category_id in all_categories()


def tree() -> Iterator[Branch]:
    """The top categories with theirs, as a form offers them."""
    for top in all_categories().values():
        if not top.parent_id:
            below = [category for category in all_categories().values() if _top_of(category) is top]
            yield Branch(top, [category for category in below if category is not top])


def _top_of(category: Category) -> Category:
    while category.parent_id:
        category = all_categories()[category.parent_id]
    return category
