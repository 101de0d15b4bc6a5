"""A socket's manners, against a server that takes nothing."""

import asyncio
import json
from uuid import uuid4

import pytest
from django.db import connection, transaction

from financehub.companies import tickets
from financehub.core import events
from financehub.realtime.sockets import TRY_AGAIN, serve
from financehub.realtime.tails import QUEUE_SIZE, SOCKETS_PER_COMPANY, Switchboard

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("without_redis")]


class Server:
    """An ASGI server's two ends; `is_stuck` keeps every message from being taken."""

    def __init__(self, *, is_stuck=False):
        self.sent = []
        self._is_stuck = is_stuck
        self._connected = False

    async def receive(self):
        if self._connected:
            await asyncio.Event().wait()
        self._connected = True
        return {"type": "websocket.connect"}

    async def send(self, message):
        if self._is_stuck and message["type"] == "websocket.send":
            await asyncio.Event().wait()
        self.sent.append(message)


def scope_for(company_id, after=""):
    query = f"ticket={tickets.issue(company_id)}&after={after}"
    return {"type": "websocket", "path": "/ws", "query_string": query.encode(), "headers": []}


def publish(company_id, count):
    with transaction.atomic():
        for _ in range(count):
            events.publish(company_id, "item", "x")
    connection.close()


class TestServe:
    def test_cuts_a_client_that_takes_nothing_and_forgets_it(self):
        company_id, server, board = uuid4(), Server(is_stuck=True), Switchboard()
        scope = scope_for(company_id)

        async def story():
            serving = asyncio.create_task(serve(scope, server.receive, server.send, board))
            while not board.sockets:
                await asyncio.sleep(0.01)
            await asyncio.to_thread(publish, company_id, QUEUE_SIZE + 1)
            await asyncio.wait_for(serving, 5)
            board.close()

        asyncio.run(story())
        assert server.sent[-1] == {"type": "websocket.close", "code": TRY_AGAIN}
        assert board.sockets == 0

    def test_refuses_one_socket_too_many(self):
        company_id, server, board = uuid4(), Server(), Switchboard()
        scope = scope_for(company_id)

        async def story():
            for _ in range(SOCKETS_PER_COMPANY):
                board.join(company_id, 0)
            await serve(scope, server.receive, server.send, board)
            board.close()

        asyncio.run(story())
        assert server.sent == [{"type": "websocket.close", "code": TRY_AGAIN}]

    def test_sends_each_event_once_though_it_comes_by_replay_and_by_tail(self):
        company_id, server, board = uuid4(), Server(), Switchboard()
        publish(company_id, 3)
        scope = scope_for(company_id, after=0)

        async def story():
            serving = asyncio.create_task(serve(scope, server.receive, server.send, board))
            await asyncio.to_thread(publish, company_id, 3)
            await asyncio.sleep(1)
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)
            board.close()

        asyncio.run(story())
        told = [json.loads(message["text"]) for message in server.sent if "text" in message]
        assert [message["number"] for message in told if "topic" in message] == [1, 2, 3, 4, 5, 6]
