"""Requests are counted for the work that sends them."""

import pytest
from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy.metering import metered, tick


class TestMetered:
    def test_counts_what_the_block_sends(self):
        with metered() as meter:
            tick()
            tick()
        assert meter.requests == 2

    def test_counts_nothing_afterwards_and_nothing_of_an_inner_block(self):
        with metered() as outer:
            tick()
            with metered() as inner:
                tick()
        tick()
        assert (outer.requests, inner.requests) == (1, 1)

    def test_stops_a_request_that_must_not_go_out(self):
        def refuse():
            raise RuntimeError

        with metered(refuse) as meter, pytest.raises(RuntimeError):
            tick()
        assert meter.requests == 0

    def test_counts_the_login_and_every_retry_of_a_call(self, stub, client):
        stub.on("GET /items/i1", Answer(status=500), Answer({"id": "i1", "status": "UPDATED"}))
        with metered() as meter:
            client.fetch_item("i1")
        assert meter.requests == len(stub.received) == 3
