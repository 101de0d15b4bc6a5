"""What was left behind comes again, and old things go."""

from datetime import timedelta

import pytest
from tests.telegram_world import ANA, Chat

from financehub.bot import sweeping
from financehub.bot.models import BotUpdate, Conversation
from financehub.core import clock

pytestmark = pytest.mark.django_db(transaction=True)
OLD = timedelta(days=40)


def make_update(number: int, age: timedelta, **fields: object) -> None:
    at = clock.now() - age
    payload = {"id": number, "kind": "text", "chat_id": ANA, "is_private": True, "text": "/ajuda"}
    values = {
        "update_id": number,
        "chat_id": ANA,
        "due_at": at,
        "received_at": at,
        "payload": payload,
        **fields,
    }
    BotUpdate.objects.create(**values)


def test_a_lost_message_is_sent_again_and_a_fresh_one_is_left_to_its_own(phone: Chat) -> None:
    make_update(7, timedelta(seconds=2))
    assert sweeping.sweep() == 0
    make_update(6, timedelta(seconds=30))
    assert sweeping.sweep() == 1
    assert len(phone.texts) == 2


def test_old_rows_go_but_not_what_must_still_be_erased(phone: Chat) -> None:
    over = {"status": "done", "finished_at": clock.now() - OLD}
    make_update(1, OLD, **over)
    make_update(2, OLD, must_erase=True, **over)
    make_update(3, timedelta(0), status="done", finished_at=clock.now())
    Conversation.objects.create(chat_id=1, memory={}, updated_at=clock.now() - OLD)
    Conversation.objects.create(chat_id=2, memory={}, updated_at=clock.now())
    assert sweeping.clean_up() == 1
    assert sorted(BotUpdate.objects.values_list("pk", flat=True)) == [2, 3]
    assert [row.pk for row in Conversation.objects.all()] == [2]
