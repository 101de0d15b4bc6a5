"""Is it alive?"""

from datetime import timedelta

from django.core.cache import cache
from django.db import OperationalError, connection
from tests.api.callers import Caller
from tests.webhooks.rows import make_event

from financehub.core import clock
from financehub.timetable import hearts, ticking


def test_the_process_is_well_when_its_database_answers(db):
    answer = Caller().get("/api/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_process_is_not_well_without_its_database(db):
    def refuse(*_):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answer = Caller().get("/api/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "database_unreachable"})


def test_work_in_this_process_is_well_while_the_clock_ticks(db, settings):
    settings.CELERY_BROKER_URL = ""
    ticking.tick()
    answer = Caller().get("/api/banking/health/celery/")
    told = answer.json()
    assert (answer.status_code, told["status"], told["workers"]) == (200, "in_process", 0)
    assert told["broker"] == {"kind": "", "isReachable": True, "queueDepth": None}
    assert told["beat"]["secondsAgo"] < 5
    assert (told["waiting"], told["deadLetters"]) == (
        {"count": 0, "oldestKind": "", "oldestSeconds": None},
        0,
    )


def test_no_worker_is_not_well_and_what_waits_is_told(db):
    event = make_event(received_at=clock.now() - timedelta(minutes=2))
    make_event(status="dead")
    answer = Caller().get("/api/banking/health/celery")
    told = answer.json()
    assert (answer.status_code, told["status"], told["deadLetters"]) == (503, "no_worker", 1)
    assert (told["waiting"]["count"], told["waiting"]["oldestKind"]) == (1, "webhook_event")
    assert 120 <= told["waiting"]["oldestSeconds"] < 130
    assert told["beat"] == {"lastTickAt": None, "secondsAgo": None}
    assert str(event.pk) not in answer.content.decode()


def test_the_answer_is_remembered_for_two_seconds_so_that_a_stranger_cannot_burden_us(db):
    first = Caller().get("/api/banking/health/celery/").json()
    hearts.show(hearts.WORKER)
    assert Caller().get("/api/banking/health/celery/").json() == first
    cache.clear()
    assert Caller().get("/api/banking/health/celery/").json()["workers"] == 1
