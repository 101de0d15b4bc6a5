"""The lines of the table."""

from datetime import timedelta

import pytest
from tests.timetable.tables import MANY, ONE, PARTS

from financehub.timetable import entries


def test_a_line_is_found_by_its_name() -> None:
    assert [entries.entry("one"), entries.entry("many")] == list(entries.table()) == [ONE, MANY]
    with pytest.raises(entries.NoSuchTask):
        entries.entry("none")


@pytest.mark.parametrize(("count", "minutes"), [(0, 0), (3, 3), (60, 60), (100_000, 60)])
def test_a_few_parts_are_done_at_once_and_many_take_the_whole_window(count: int, minutes: int) -> None:
    assert PARTS.window_for(count) == timedelta(minutes=minutes)
