"""The one JSON type of the simulator and small readings of it."""

from typing import TypeAlias

Json: TypeAlias = dict[str, object]


def as_object(value: object) -> Json:
    """`value` as a JSON object; anything else reads as an empty one."""
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def as_objects(value: object) -> list[Json]:
    """The JSON objects of a list, other entries left out."""
    return [entry for entry in as_list(value) if isinstance(entry, dict)]


def as_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def as_strings(value: object) -> list[str]:
    return [entry for entry in as_list(value) if isinstance(entry, str)]
