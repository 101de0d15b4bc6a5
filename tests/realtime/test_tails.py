"""One reader feeds every line of its company, and stops when nobody listens."""

import asyncio
from uuid import uuid4

import pytest
from django.db import connection, transaction

from financehub.core import events
from financehub.core.models import Event
from financehub.realtime.tails import QUEUE_SIZE, Line, Switchboard, TooManySockets

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("without_redis")]


def publish(company_id):
    with transaction.atomic():
        events.publish(company_id, "item", "x")
    connection.close()


class TestALine:
    def test_is_marked_when_its_reader_falls_behind(self):
        line = Line()
        for number in range(QUEUE_SIZE):
            line.offer(Event(number=number))
        assert not line.fell_behind.is_set()

        line.offer(Event(number=QUEUE_SIZE))
        assert line.fell_behind.is_set()


class TestTheSwitchboard:
    def test_feeds_all_lines_of_a_company_in_order(self):
        company_id = uuid4()

        async def story():
            board = Switchboard()
            lines = [board.join(company_id, 0) for _ in range(3)]
            for _ in range(3):
                await asyncio.to_thread(publish, company_id)
            told = [
                [(await asyncio.wait_for(line.queue.get(), 5)).number for _ in range(3)] for line in lines
            ]
            board.close()
            return told

        assert asyncio.run(story()) == [[1, 2, 3]] * 3

    def test_forgets_a_company_when_the_last_line_leaves(self):
        company_id = uuid4()

        async def story():
            board = Switchboard()
            first, second = board.join(company_id, 0), board.join(company_id, 0)
            counts = [board.sockets]
            board.leave(company_id, first)
            counts.append(board.sockets)
            board.leave(company_id, second)
            counts.append(board.sockets)
            board.close()
            return counts

        assert asyncio.run(story()) == [2, 1, 0]

    def test_limits_the_lines_of_one_company_and_not_of_another(self):
        async def story():
            board = Switchboard()
            crowded = uuid4()
            for _ in range(100):
                board.join(crowded, 0)
            with pytest.raises(TooManySockets):
                board.join(crowded, 0)
            board.join(uuid4(), 0)
            board.close()
            return board.sockets

        assert asyncio.run(story()) == 101
