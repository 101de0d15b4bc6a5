"""A report names its causes."""

from financehub.banking.models import GapReport


def test_each_cause_is_named_once_the_heaviest_first() -> None:
    parts = [
        {"cause": "pending", "cents": -5},
        {"cause": "sweep", "cents": 900},
        {"cause": "pending", "cents": 7},
    ]
    assert GapReport(parts=parts).causes == ["sweep", "pending"]
