"""Stripe's objects as documents: the emptiest valid one of each kind, lists, and copies fit to be sent.

What fields a kind has is data (`spec/shapes.json`), written from the official client by the contract tests.
"""

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

Json: TypeAlias = dict[str, Any]

SPEC = Path(__file__).parent / "spec"
EMBEDDED_ROWS = 10  # the vendor cuts lists inside an object here


@cache
def _shapes() -> dict[str, Json]:
    return msgspec.json.decode((SPEC / "shapes.json").read_bytes(), type=dict[str, Json])


def blank(kind: str) -> Json:
    """A new object of that kind with every field the vendor sends, mostly null."""
    return deepcopy(_shapes()[kind])


def kinds() -> set[str]:
    """The kinds of objects this box knows."""
    return set(_shapes())


def page(rows: list[Json], url: str, *, has_more: bool = False) -> Json:
    """A list object."""
    return {"object": "list", "data": rows, "has_more": has_more, "url": url}


def rendered(value: Any) -> Any:
    """A copy to send: lists inside objects are cut after ten rows."""
    if isinstance(value, list):
        return [rendered(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if value.get("object") == "list" and len(value["data"]) > EMBEDDED_ROWS:
        return {**value, "data": rendered(value["data"][:EMBEDDED_ROWS]), "has_more": True}
    return {key: rendered(entry) for key, entry in value.items()}


def part(value: object) -> Json:
    """`value` as a document; anything else reads as an empty one."""
    return value if isinstance(value, dict) else {}
