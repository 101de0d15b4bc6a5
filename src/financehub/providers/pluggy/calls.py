"""One call to Pluggy, described before it is made: what, with which query and body, how safely repeatable."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum

from financehub.providers.pluggy.errors import PluggyNotFound, Refusal
from financehub.providers.pluggy.limits import Family
from financehub.providers.pluggy.shapes.base import Shape

Value = str | int | bool | date | Sequence[str] | None
Body = Shape | Mapping[str, object] | None

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Repeat(Enum):
    """When a call may be sent again after it failed."""

    ALWAYS = "network errors, 5xx and 429"
    IF_REFUSED = "429 only: Pluggy did not start"
    NEVER = "a second one could do it twice"


@dataclass(frozen=True)
class Call:
    """`template` is the path with its ids unnamed: the only form that logs and errors show."""

    method: str
    template: str
    ids: Mapping[str, str | int] = field(default_factory=dict)
    query: Mapping[str, Value] = field(default_factory=dict)
    body: Body = None
    family: Family = Family.OTHER
    repeat: Repeat = Repeat.ALWAYS

    def __str__(self) -> str:
        return f"{self.method} {self.template}"

    def path(self) -> str:
        """The path with its ids. An id that Pluggy could never have given is PluggyNotFound, unasked."""
        for value in self.ids.values():
            if not _ID.fullmatch(str(value)):
                raise PluggyNotFound(Refusal(str(self), 404))
        return self.template.format_map(self.ids)

    def params(self) -> dict[str, str]:
        return {name: _written(value) for name, value in self.query.items() if value is not None}


def _written(value: str | int | date | Sequence[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return str(value)
    return ",".join(value)
