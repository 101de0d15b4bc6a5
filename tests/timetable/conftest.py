"""Every test of the timetable has a table of its own, and tasks that have been told nothing."""

import pytest
from pytest_django import Settings
from tests.timetable import tables


@pytest.fixture(autouse=True)
def _own_table(settings: Settings) -> None:
    settings.TIMETABLE = [tables.ONE, tables.MANY]
    settings.BACKLOGS = ["financehub.timetable.backlogs.of_timetable"]
    tables.told.__init__()  # type: ignore[misc]
