"""What a row says of itself."""

from datetime import timedelta

from financehub.core import clock
from financehub.timetable.models import Heartbeat, TaskRun


def test_a_run_is_open_until_it_has_ended_and_then_took_so_long() -> None:
    at = clock.now()
    open_ones = [status for status in TaskRun.Status.values if TaskRun(status=status).is_open]
    assert open_ones == ["RUNNING", "SPREAD"]
    assert TaskRun(started_at=at).seconds is None
    assert TaskRun(started_at=at, finished_at=at + timedelta(seconds=90)).seconds == 90


def test_a_heart_is_as_old_as_its_last_sign_whichever_way_the_clock_moved() -> None:
    at = clock.now()
    assert (
        Heartbeat(at=at).age(at + timedelta(seconds=5))
        == Heartbeat(at=at).age(at - timedelta(seconds=5))
        == 5
    )
