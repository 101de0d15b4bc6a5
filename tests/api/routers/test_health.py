"""Is it alive?"""

from django.db import OperationalError, connection
from tests.api.callers import Caller


def test_the_process_is_well_when_its_database_answers(db):
    answer = Caller().get("/api/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_process_is_not_well_without_its_database(db):
    def refuse(*_):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answer = Caller().get("/api/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "database_unreachable"})


def test_work_runs_in_process_without_a_broker(db, settings):
    settings.CELERY_BROKER_URL = ""
    answer = Caller().get("/api/banking/health/celery/")
    assert (answer.status_code, answer.json()) == (200, {"status": "in_process", "workers": 0})


def test_no_worker_is_not_well(db):
    answer = Caller().get("/api/banking/health/celery")
    assert (answer.status_code, answer.json()) == (503, {"status": "no_worker", "workers": 0})
