"""Claims: one process each, the oldest first, what a dead one left again."""

from datetime import timedelta

import pytest

from financehub.bot.models import BotUpdate
from financehub.core import clock

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def make_update(number: int, **fields: object) -> BotUpdate:
    at = clock.now()
    values = {"update_id": number, "chat_id": 501, "due_at": at, "received_at": at, **fields}
    return BotUpdate.objects.create(**values)


def test_the_oldest_of_a_chat_is_claimed_once() -> None:
    make_update(8)
    make_update(7)
    make_update(6, chat_id=502)
    at = clock.now()
    claimed = [BotUpdate.objects.claim_next(501, at) for _ in range(3)]
    assert [row and row.pk for row in claimed] == [7, 8, None]
    assert claimed[0] is not None
    assert (claimed[0].status, claimed[0].attempts) == ("running", 1)


def test_what_is_not_due_waits_and_what_was_left_comes_again() -> None:
    row = make_update(7, due_at=clock.now() + 60 * SECOND)
    assert not BotUpdate.objects.claim(row, clock.now())
    assert BotUpdate.objects.claim(row, clock.now() + 61 * SECOND)
    assert not BotUpdate.objects.claim(row, clock.now() + 62 * SECOND)
    assert BotUpdate.objects.claim(row, clock.now() + timedelta(minutes=5))
    assert row.attempts == 2


def test_what_must_go_from_a_chat_is_found_until_it_is_gone() -> None:
    row = make_update(7, must_erase=True)
    make_update(8)
    assert list(BotUpdate.objects.to_erase()) == [row]
    BotUpdate.objects.filter(pk=7).update(erased_at=clock.now())
    assert not BotUpdate.objects.to_erase().exists()
