"""What runs by time, for the staff's programs in a browser; for everybody else there is no such address."""

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks
from tests.api.callers import in_browser, with_key

from financehub.companies.models import Company, User
from financehub.timetable.models import TaskRun

pytestmark = pytest.mark.django_db

ADDRESS = "/api/operations/timed-tasks/"


@pytest.fixture
def of_the_staff(ana: User) -> User:
    ana.is_staff = True
    ana.save()
    return ana


def test_every_line_is_listed_with_when_and_how_it_went(of_the_staff: User) -> None:
    lines = {line["name"]: line for line in in_browser(of_the_staff).get(ADDRESS).json()}
    assert lines["sync-full"]["schedule"] == "at 06:00"
    assert lines["sync-full"]["last"] is None
    assert lines["dunning"]["isRunning"] is False


def test_it_runs_now_and_the_run_is_listed(
    of_the_staff: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    caller = in_browser(of_the_staff)
    with django_capture_on_commit_callbacks(execute=True):
        answer = caller.post(f"{ADDRESS}clean-house/run/")
    assert (answer.status_code, list(answer.json())) == (202, ["dueAt"])
    (run,) = caller.get(f"{ADDRESS}clean-house/runs/").json()
    assert (run["status"], run["trigger"], run["error"]) == ("DONE", "person", "")


def test_while_it_waits_it_is_not_asked_for_twice(of_the_staff: User) -> None:
    caller = in_browser(of_the_staff)
    assert caller.post(f"{ADDRESS}clean-house/run/").status_code == 202
    again = caller.post(f"{ADDRESS}clean-house/run/")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "task_is_running")
    assert caller.post(f"{ADDRESS}none/run/").status_code == 404


def test_an_owner_and_even_a_key_of_the_staff_find_nothing(ana: User, bakery: Company) -> None:
    assert in_browser(ana).get(ADDRESS).status_code == 404
    ana.is_staff = True
    ana.save()
    assert with_key(ana, bakery, "admin").post(f"{ADDRESS}clean-house/run/").status_code == 404
    assert not TaskRun.objects.exists()
