"""Hearing rings from whatever this installation has."""

import asyncio
from uuid import uuid4

import pytest
from django.conf import settings as installed
from django.db import connection

from financehub.core import wakeups
from financehub.realtime.bells import Bell

pytestmark = pytest.mark.django_db(transaction=True)


def heard_after_ring(company_id):
    async def story():
        heard = []
        bell = Bell(heard.append)
        listening = asyncio.create_task(bell.listen())
        while not bell.is_heard:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(ring_and_hang_up, company_id)
        while str(company_id) not in heard:
            await asyncio.sleep(0.01)
        listening.cancel()
        return True

    return asyncio.run(asyncio.wait_for(story(), 10))


def ring_and_hang_up(company_id):
    wakeups.ring(company_id)
    connection.close()


class TestTheBell:
    def test_is_heard_through_redis(self):
        assert installed.REDIS_URL, "script/test names a Redis"
        assert heard_after_ring(uuid4())

    @pytest.mark.usefixtures("without_redis")
    def test_is_heard_through_postgresql_when_there_is_no_redis(self):
        if connection.vendor == "postgresql":
            assert heard_after_ring(uuid4())
        else:
            asyncio.run(Bell(lambda _: None).listen())  # SQLite has none: it ends at once

    def test_is_not_heard_while_the_line_is_down(self, settings):
        settings.REDIS_URL = "redis://127.0.0.1:9/0"

        async def story():
            bell = Bell(lambda _: None)
            listening = asyncio.create_task(bell.listen())
            await asyncio.sleep(0.3)
            still_trying = not listening.done()
            listening.cancel()
            return still_trying, bell.is_heard

        assert asyncio.run(story()) == (True, False)
