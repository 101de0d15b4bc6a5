"""An error carries a stable code, words for whoever reads the log, and facts for the answer."""

import pytest

from financehub.core.errors import Conflict, Denied, DomainError, Invalid, LimitReached, NotFound, TryLater


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Invalid, "invalid"),
        (NotFound, "not_found"),
        (Denied, "denied"),
        (Conflict, "conflict"),
        (LimitReached, "plan_limit_reached"),
        (TryLater, "try_later"),
    ],
)
def test_each_kind_has_a_code_of_its_own(kind: type[DomainError], code: str) -> None:
    assert kind().code == code


def test_the_docstring_speaks_when_nobody_says_more() -> None:
    assert NotFound().message == "There is no such thing here."
    assert NotFound("Item not found").message == "Item not found"


def test_facts_travel_along() -> None:
    assert LimitReached(current=3, limit=3).details == {"current": 3, "limit": 3}
