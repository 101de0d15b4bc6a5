"""Reads a query or a body and complains the way class-validator does: all at once, comma-joined."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from pluggy_sandbox.errors import Malformed
from pluggy_sandbox.ids import is_uuid
from pluggy_sandbox.pagination import MAX_PAGE_SIZE
from pluggy_sandbox.shapes import Json


class Reader:
    """Takes values out one by one; `finish` raises Malformed when any was wrong.

    A wrong value reads as a harmless one of the right type, so that reading can go on.
    """

    def __init__(self, source: Mapping[str, object]) -> None:
        self._source = source
        self._complaints: list[str] = []

    def complain(self, text: str) -> None:
        self._complaints.append(text)

    def finish(self) -> None:
        if self._complaints:
            raise Malformed(", ".join(self._complaints))

    def uuid(self, name: str) -> str:
        """A mandatory UUID."""
        value = self._source.get(name)
        if is_uuid(value):
            return str(value)
        self.complain(f"{name} must be a UUID")
        return ""

    def optional_uuid(self, name: str) -> str | None:
        return None if self._source.get(name) is None else self.uuid(name) or None

    def text(self, name: str) -> str:
        """A mandatory, non-empty string."""
        value = self._source.get(name)
        if isinstance(value, str) and value:
            return value
        self.complain(f"{name} should not be empty" if value in (None, "") else f"{name} must be a string")
        return ""

    def optional_text(self, name: str, *, at_most: int | None = None) -> str | None:
        value = self._source.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.complain(f"{name} must be a string")
            return None
        if at_most is not None and len(value) > at_most:
            self.complain(f"{name} must be shorter than or equal to {at_most} characters")
        return value

    def number(self, name: str) -> int:
        """A mandatory whole number sent as JSON."""
        value = self._source.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.complain(f"{name} must be a number conforming to the specified constraints")
        return 0

    def query_number(self, name: str, default: int, *, least: int = 1, most: int | None = None) -> int:
        """A whole number written in a query."""
        raw = self._source.get(name)
        if raw is None or raw == "":
            return default
        try:
            value = int(str(raw))
        except ValueError:
            self.complain(f"{name} must be an integer number")
            return default
        if value < least:
            self.complain(f"{name} must not be less than {least}")
        if most is not None and value > most:
            self.complain(f"{name} must not be greater than {most}")
        return value

    def page(self) -> tuple[int, int]:
        """`page` and `pageSize` of a v1 list."""
        return self.query_number("page", 1), self.query_number("pageSize", MAX_PAGE_SIZE, most=MAX_PAGE_SIZE)

    def moment(self, name: str) -> str | None:
        """An ISO 8601 day or instant, kept as it was written."""
        value = self._source.get(name)
        if value is None or value == "":
            return None
        try:
            datetime.fromisoformat(str(value)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.complain(f"{name} must be a valid ISO 8601 date string")
            return None
        return str(value)

    def flag(self, name: str) -> bool | None:
        """A query boolean; only lower-case words count."""
        value = self._source.get(name)
        if value is None or value == "":
            return None
        if value not in ("true", "false", True, False):
            self.complain(f"{name} must be a boolean value")
        return value in ("true", True)

    def one_of(self, name: str, allowed: Iterable[str]) -> str | None:
        value, words = self._source.get(name), tuple(allowed)
        if value is None or value == "":
            return None
        if value not in words:
            self.complain(f"{name} must be one of the following values: {', '.join(words)}")
            return None
        return str(value)

    def strings(self, name: str) -> list[str] | None:
        value = self._source.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.complain(f"each value in {name} must be a string")
            return None
        return value

    def string_map(self, name: str) -> dict[str, str] | None:
        """An object whose values are strings; numbers are taken as typed."""
        value = self._source.get(name)
        if value is None:
            return None
        if not isinstance(value, dict) or any(isinstance(entry, dict | list) for entry in value.values()):
            self.complain(f"{name} must be an object")
            return None
        return {key: str(entry) for key, entry in value.items() if entry is not None}


def read_parameters(reader: Reader, body: Json) -> dict[str, str] | str | None:
    """`parameters` of an item: a map, an encrypted string, or nothing."""
    value = body.get("parameters")
    return value if isinstance(value, str) else reader.string_map("parameters")
