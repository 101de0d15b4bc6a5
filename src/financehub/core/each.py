"""One deed for many: what goes wrong with one keeps nobody else waiting, and is still the run's failure."""

from collections.abc import Callable, Iterable
from typing import TypeVar

import structlog

MOST_IN_A_ROW = 20  # then it is no longer about one of them
OneT = TypeVar("OneT")
FoundT = TypeVar("FoundT")

log = structlog.get_logger()


class SomeFailed(Exception):
    """The deed was done for all the others."""

    def __init__(self, first: Exception, count: int) -> None:
        super().__init__(f"{count} failed")
        self.first, self.count = first, count


def for_each(many: Iterable[OneT], deed: Callable[[OneT], FoundT]) -> list[FoundT]:
    """What the deed answered for each. Raises SomeFailed after the last of them, or once none gets through."""
    found: list[FoundT] = []
    failures: list[Exception] = []
    in_a_row = 0
    for one in many:
        try:
            found.append(deed(one))
        except Exception as failure:
            log.exception("one_of_many_failed", one=str(getattr(one, "pk", one)), deed=_name(deed))
            failures.append(failure)
            in_a_row += 1
            if in_a_row == MOST_IN_A_ROW:
                break
        else:
            in_a_row = 0
    if failures:
        raise SomeFailed(failures[0], len(failures)) from failures[0]
    return found


def _name(deed: Callable[[OneT], FoundT]) -> str:
    return str(getattr(getattr(deed, "func", deed), "__name__", ""))  # `func`: of a partial
