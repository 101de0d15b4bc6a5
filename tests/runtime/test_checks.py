"""Each check looks at one thing, and tells what to do about what it found."""

from datetime import timedelta
from typing import Any

import pytest
from tests.simulator import Simulator

from financehub.core import clock, crypto
from financehub.runtime import checks
from financehub.runtime.findings import Finding, Level
from financehub.timetable import hearts
from financehub.timetable.models import Heartbeat, TimedTask


def is_problem(finding: Finding) -> bool:
    return finding.level is Level.PROBLEM


def test_keys_of_this_installation_are_counted(settings: Any) -> None:
    settings.FINANCEHUB_KEYS = f"b:{crypto.new_key()},a:{crypto.new_key()}"
    assert str(checks.keys()) == "ok      keys       2 in the ring, the first one encrypts"


@pytest.mark.parametrize("ring", ["insecure:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "a:short", ""])
def test_keys_that_protect_nothing_are_a_problem(settings: Any, ring: str) -> None:
    settings.FINANCEHUB_KEYS = ring
    assert is_problem(checks.keys())


def test_sessions_need_a_secret_of_their_own(settings: Any) -> None:
    assert is_problem(checks.secret())
    settings.SECRET_KEY = "x" * 50
    assert not is_problem(checks.secret())


@pytest.mark.django_db
def test_a_database_with_all_its_migrations_is_well() -> None:
    assert str(checks.database()).endswith("all migrations applied")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "told"), [("", "syncs run inside the request"), ("memory://", "lives in the web process")]
)
def test_without_a_broker_it_says_where_work_is_done(settings: Any, url: str, told: str) -> None:
    settings.CELERY_BROKER_URL = url
    assert told in str(next(checks.background()))


@pytest.mark.django_db
def test_a_silent_worker_and_a_silent_clock_are_problems(simulator: Simulator) -> None:
    told = [str(finding) for finding in checks.background() if is_problem(finding)]
    assert [" ".join(line.split()[1:8]) for line in told] == [
        "worker no worker has been heard of",
        "beat the clock has never ticked: nothing",
    ]
    hearts.show(hearts.WORKER)
    hearts.show(hearts.BEAT)
    assert [str(finding).split()[:2] for finding in checks.background()] == [["ok", "broker"], ["ok", "beat"]]
    Heartbeat.objects.filter(kind=hearts.BEAT).update(at=clock.now() - timedelta(minutes=3))
    assert "the clock last ticked 180 s ago" in str(list(checks.background())[-1])


@pytest.mark.django_db
def test_what_waits_too_long_is_a_problem() -> None:
    hearts.show(hearts.WORKER)
    hearts.show(hearts.BEAT)
    since = clock.now() - timedelta(minutes=16)
    TimedTask.objects.create(name="x", schedule="", due_at=since)
    assert "1 wait, the oldest (timed_task) for 960 s" in str(list(checks.background())[-1])


def test_pluggy_is_asked_for_its_time_and_its_list(simulator: Simulator) -> None:
    clock, connectors = checks.pluggy()
    assert (is_problem(clock), is_problem(connectors)) == (False, False)
    assert str(connectors).endswith(f"banks offered by {simulator.url}")


def test_credentials_that_pluggy_refuses_are_a_problem(simulator: Simulator, settings: Any) -> None:
    settings.PLUGGY_CLIENT_SECRET = "wrong"
    assert "Pluggy refuses PLUGGY_CLIENT_ID" in str(list(checks.pluggy())[-1])


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("", "news arrives by looking"),
        ("http://hub.example/api/webhooks/pluggy", "is not https"),
        ("https://hub.example/api/webhooks/pluggy", "anybody could post to it"),
    ],
)
def test_a_webhook_address_must_be_reachable_and_guarded(settings: Any, url: str, told: str) -> None:
    settings.PLUGGY_WEBHOOK_URL, settings.PLUGGY_WEBHOOK_SECRET = url, []
    assert told in str(checks.webhooks())


def test_an_address_where_nobody_listens_is_a_problem(simulator: Simulator, settings: Any) -> None:
    settings.PLUGGY_WEBHOOK_SECRET = ["secret"]
    settings.PLUGGY_WEBHOOK_URL = "http://127.0.0.1:1/api/webhooks/pluggy"
    assert "does not answer" in str(checks.webhooks())
    settings.PLUGGY_WEBHOOK_URL = f"{simulator.url}/api/webhooks/pluggy"
    assert "answers 404" in str(checks.webhooks())
