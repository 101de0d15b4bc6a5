"""What waits in the bot."""

from datetime import timedelta
from itertools import count

import pytest
from django.test import Client

from financehub.bot import handling, waiting
from financehub.bot.models import BotUpdate
from financehub.core import clock
from financehub.timetable.backlogs import Backlog

pytestmark = pytest.mark.django_db
numbers = count(1)


def heard(**fields: object) -> BotUpdate:
    """An update of seven minutes ago that nobody has answered."""
    then = clock.now() - timedelta(minutes=7)
    return BotUpdate.objects.create(
        **{"update_id": next(numbers), "chat_id": 501, "due_at": then, "received_at": then, **fields}
    )


def test_updates_that_are_due_and_nobodys() -> None:
    at = clock.now()
    due, later = heard(), at + timedelta(minutes=1)
    heard(due_at=later)
    heard(status="done")
    heard(status="running", lease_until=later)
    heard(status="running", lease_until=at, due_at=at)
    assert waiting.look(at) == [Backlog("bot_update", 2, due.due_at), Backlog("message_to_erase", 0, None)]


def test_what_was_given_up_but_not_a_secret_that_was_asked_for_again() -> None:
    heard(status="dead", reason="crashed")
    heard(status="dead", reason=handling.LOST)
    assert waiting.look(clock.now())[0] == Backlog("bot_update", 0, None, dead=1)


def test_a_secret_that_is_still_in_its_chat() -> None:
    row = heard(status="done", must_erase=True)
    heard(status="done", must_erase=True, erased_at=clock.now())
    assert waiting.look(clock.now())[1] == Backlog("message_to_erase", 1, row.received_at)


def test_the_health_answer_counts_them(client: Client) -> None:
    heard(due_at=clock.now() - timedelta(hours=1))
    heard(status="dead", reason="crashed")
    said = client.get("/api/banking/health/celery/").json()
    assert (said["waiting"]["count"], said["waiting"]["oldestKind"], said["deadLetters"]) == (
        1,
        "bot_update",
        1,
    )
