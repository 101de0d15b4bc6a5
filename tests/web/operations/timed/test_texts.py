"""Words of the page of tasks, in both languages."""

import pytest
from django.conf import settings
from django.utils import translation

from financehub.timetable.models import TaskRun
from financehub.timetable.schedules import At, Every, Schedule
from financehub.web.operations.timed import texts


def both(say: object) -> tuple[str, str]:
    with translation.override("pt-br"):
        portuguese = say()  # type: ignore[operator]
    with translation.override("en"):
        return portuguese, say()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("schedule", "portuguese", "english"),
    [
        (Every(30), "a cada 30 s", "every 30 s"),
        (Every(900), "a cada 15 min", "every 15 min"),
        (Every(3600, 2400), "a cada hora, no minuto 40", "every hour, at minute 40"),
        (At(((6, 0),)), "todo dia às 06:00", "every day at 06:00"),
        (
            At(((0, 0), (12, 0), (18, 30))),
            "todo dia às 00:00, 12:00 e 18:30",
            "every day at 00:00, 12:00 and 18:30",
        ),
        (At(((8, 0),), (0, 4)), "segundas e sextas às 08:00", "Mondays and Fridays at 08:00"),
        (At(((8, 0),), (), (1, 15)), "no dia 1 e 15 às 08:00", "on day 1 and 15 at 08:00"),
    ],
)
def test_a_schedule_is_said_in_words(schedule: Schedule, portuguese: str, english: str) -> None:
    assert both(lambda: texts.when(schedule)) == (portuguese, english)


@pytest.mark.parametrize("entry", settings.TIMETABLE, ids=lambda entry: entry.name)
def test_every_task_has_a_name_and_a_sentence_in_both_languages(entry: texts.Entry) -> None:
    assert entry.name in texts.TASKS
    assert both(lambda: texts.does(entry)) == (texts.DOES[entry.name], entry.does)
    assert both(lambda: texts.title(entry)) == texts.TASKS[entry.name]


def test_every_state_and_trigger_has_its_words() -> None:
    assert set(texts.STATUSES) == set(TaskRun.Status)
    assert set(texts.TRIGGERS) == set(TaskRun.Trigger)


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (TaskRun(result=7), "7"),
        (TaskRun(), ""),
        (TaskRun(error="WorkerDied"), "WorkerDied"),
        (TaskRun(parts=9, parts_done=4), "4 de 9"),
        (TaskRun(parts=9, parts_done=8, parts_failed=1, error="X"), "8 de 9, 1 com erro: X"),
    ],
)
def test_a_result_says_how_many_of_how_many_or_what_went_wrong(run: TaskRun, told: str) -> None:
    with translation.override("pt-br"):
        assert texts.result(run) == told
