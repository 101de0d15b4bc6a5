"""The vendor's tree of 130 categories, as `GET /categories` returns it."""

import csv
from functools import cache
from importlib import resources

Json = dict[str, object]


@cache
def _rows() -> list[dict[str, str]]:
    text = resources.files("pluggy_sandbox.catalogue").joinpath("categories.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


@cache
def _by_id() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in _rows()}


def category_name(category_id: str) -> str:
    """The English description that transactions carry. Raises KeyError when there is no such category."""
    return _by_id()[category_id]["description"]


def is_category(category_id: str) -> bool:
    """Whether the tree holds that id."""
    return category_id in _by_id()


def categories() -> list[Json]:
    """Every category as the vendor's Category object, in the vendor's order."""
    return [_category(row) for row in _rows()]


def _category(row: dict[str, str]) -> Json:
    # The vendor's own oddity: children of Financing point at its parent but carry its description.
    named = "02030000" if row["id"].startswith("0203000") and row["id"] != "02030000" else row["parentId"]
    return {
        "id": row["id"],
        "description": row["description"],
        "descriptionTranslated": row["descriptionTranslated"],
        "parentId": row["parentId"] or None,
        "parentDescription": category_name(named) if named else None,
    }
