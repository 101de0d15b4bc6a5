"""The live line, through the real process: tickets, resuming, tenants, manners."""

import time
from uuid import uuid4

import pytest
from django.db import transaction
from tests.realtime.sockets import Client, Refused, health, realtime_process

from financehub.companies import tickets
from financehub.core import events
from financehub.realtime.tails import POLL_SECONDS_WITH_BELL

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def port(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), realtime_process() as port:
        yield port


@pytest.fixture
def company_id():
    return uuid4()


def say(company_id, topic="item", object_id="x"):
    with transaction.atomic():
        events.publish(company_id, topic, object_id)


def connect(port, company_id, after=None, **options):
    query = f"ticket={tickets.issue(company_id)}" + (f"&after={after}" if after is not None else "")
    return Client(port, query, **options)


class TestASocket:
    def test_says_where_the_log_stands_then_what_happens(self, port, company_id):
        say(company_id)
        client = connect(port, company_id)

        assert client.receive() == {"number": 1}
        say(company_id, "sync", "s-1")
        assert client.receive() == {"number": 2, "topic": "sync", "id": "s-1"}

    def test_tells_what_happens_while_it_waits(self, port, company_id):
        client = connect(port, company_id)
        client.receive()

        say(company_id)
        assert client.receive()["number"] == 1

    def test_resumes_after_the_last_number_seen(self, port, company_id):
        for number in range(1, 6):
            say(company_id, "item", f"i-{number}")
        client = connect(port, company_id, after=2)

        assert [client.receive() for _ in range(4)] == [
            {"number": 2},
            {"number": 3, "topic": "item", "id": "i-3"},
            {"number": 4, "topic": "item", "id": "i-4"},
            {"number": 5, "topic": "item", "id": "i-5"},
        ]

    def test_resumes_over_many_pages_of_the_log(self, port, company_id):
        for _ in range(450):
            say(company_id)
        client = connect(port, company_id, after=0)

        assert [client.receive()["number"] for _ in range(451)] == [*range(451)]

    def test_asks_to_reload_when_too_much_was_missed(self, port, company_id):
        with transaction.atomic():
            for _ in range(1002):
                events.publish(company_id, "item", "x")
        client = connect(port, company_id, after=1)

        assert client.receive() == {"number": 1002, "topic": "reload", "id": ""}

    def test_starts_from_now_when_the_client_knows_a_longer_log(self, port, company_id):
        say(company_id)
        client = connect(port, company_id, after=900)

        assert client.receive() == {"number": 1}
        say(company_id)
        assert client.receive()["number"] == 2

    def test_never_hears_of_another_company(self, port, company_id):
        client = connect(port, company_id)
        client.receive()

        say(uuid4(), "item", "foreign")
        say(company_id, "item", "ours")
        assert client.receive()["id"] == "ours"

    def test_shares_one_tail_with_the_other_sockets_of_its_company(self, port, company_id):
        clients = [connect(port, company_id) for _ in range(5)]
        for client in clients:
            client.receive()

        say(company_id)
        assert [client.receive()["number"] for client in clients] == [1] * 5
        assert health(port)[1]["sockets"] >= 5

    def test_is_forgotten_when_the_client_leaves(self, port, company_id):
        client = connect(port, company_id)
        client.receive()
        before = health(port)[1]["sockets"]

        client.close()

        assert eventually(lambda: health(port)[1]["sockets"] < before)

    def test_is_cut_when_the_client_talks_too_much(self, port, company_id):
        client = connect(port, company_id)
        client.receive()

        for _ in range(601):
            client.send("hello")

        assert client.receive() is None
        assert client.closed_with == 1008


class TestTheDoor:
    def test_takes_a_ticket_once(self, port, company_id):
        ticket = tickets.issue(company_id)

        Client(port, f"ticket={ticket}")
        with pytest.raises(Refused):
            Client(port, f"ticket={ticket}")

    @pytest.mark.parametrize("query", ["", "ticket=", "ticket=forged", "after=1", "ticket=%00%ff"])
    def test_needs_a_ticket(self, port, query):
        with pytest.raises(Refused):
            Client(port, query)

    def test_admits_our_own_pages(self, port, company_id):
        assert connect(port, company_id, origin="http://hub.test").receive() == {"number": 0}

    @pytest.mark.parametrize("origin", ["http://evil.test", "https://hub.test", "http://hub.test:81", "null"])
    def test_refuses_pages_of_others(self, port, company_id, origin):
        with pytest.raises(Refused):
            connect(port, company_id, origin=origin)

    def test_is_at_one_address_only(self, port, company_id):
        with pytest.raises(Refused):
            connect(port, company_id, path="/other")

    def test_says_that_it_is_well(self, port):
        status, answer = health(port)
        assert (status, answer["status"]) == (200, "ok")


def eventually(check, seconds=5):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.05)
    return False


class TestWithoutRedis:
    """PostgreSQL rings the bell itself; on SQLite the process looks twice a second."""

    @pytest.fixture
    def port(self, without_redis):
        with realtime_process(REDIS_URL="") as port:
            yield port

    def test_tells_before_it_would_have_looked(self, port, company_id):
        client = connect(port, company_id)
        client.receive()

        for number in range(1, 4):
            say(company_id)
            assert client.receive(timeout=POLL_SECONDS_WITH_BELL - 0.5)["number"] == number


class TestWithTheBellBroken:
    def test_still_tells_by_looking(self, company_id):
        with realtime_process(REDIS_URL="redis://127.0.0.1:9/0") as port:
            client = connect(port, company_id)
            client.receive()
            say(company_id)
            assert client.receive()["number"] == 1
