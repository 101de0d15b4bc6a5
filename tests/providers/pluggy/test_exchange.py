"""Retries, renewal, limits and circuits over real HTTP."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import structlog
from tests.providers.pluggy.stub import DROPPED, Answer, Hands, StubPluggy

from financehub.providers.circuits import InMemoryCircuits
from financehub.providers.pluggy import PluggyClient
from financehub.providers.pluggy.errors import (
    PluggyAuthFailed,
    PluggyDenied,
    PluggyGarbled,
    PluggyNotFound,
    PluggyRateLimited,
    PluggyUnavailable,
)
from financehub.providers.pluggy.keys import InMemoryKeyStore
from financehub.providers.pluggy.shapes.items import ItemChanges, NewItem

ITEM = {"id": "i1", "status": "UPDATED"}
BROKEN = Answer({"code": 500, "codeDescription": "INTERNAL_SERVER_ERROR", "message": "secret words"}, 500)
BUSY = Answer({"code": 429, "message": "Too many requests"}, 429, {"Retry-After": "60"})


def another_client(stub: StubPluggy, hands: Hands, **changes: object) -> PluggyClient:
    return PluggyClient(
        client_id="the-id", client_secret="the-secret", base_url=stub.url, settings=hands.settings(**changes)
    )


class TestRetries:
    def test_repeats_a_read_after_a_server_error(self, stub, client, hands):
        stub.on("GET /items/i1", BROKEN, Answer(ITEM))
        assert client.fetch_item("i1").status == "UPDATED"
        assert hands.slept == [0.5]

    def test_repeats_a_read_after_a_lost_connection(self, stub, client):
        stub.on("GET /items/i1", DROPPED, DROPPED, Answer(ITEM))
        assert client.fetch_item("i1").id == "i1"

    def test_gives_up_after_three_attempts_with_doubled_pauses(self, stub, client, hands):
        stub.on("GET /items/i1", BROKEN)
        with pytest.raises(PluggyUnavailable) as failure:
            client.fetch_item("i1")
        assert len(stub.calls("GET /items/i1")) == 3
        assert hands.slept == [0.5, 1.0]
        assert str(failure.value) == "GET /items/{id}: HTTP 500 INTERNAL_SERVER_ERROR"

    def test_waits_as_long_as_retry_after_asks(self, stub, client, hands):
        stub.on("GET /items/i1", BUSY, Answer(ITEM))
        client.fetch_item("i1")
        assert hands.slept == [60.5]

    def test_does_not_wait_longer_than_allowed(self, stub, hands):
        stub.on("GET /items/i1", BUSY)
        with another_client(stub, hands, longest_wait=10.0) as client, pytest.raises(PluggyRateLimited) as no:
            client.fetch_item("i1")
        assert no.value.retry_after == 60.0
        assert hands.slept == []

    def test_makes_as_many_attempts_as_configured(self, stub, hands):
        stub.on("GET /items/i1", BROKEN)
        with another_client(stub, hands, attempts=1) as client, pytest.raises(PluggyUnavailable):
            client.fetch_item("i1")
        assert len(stub.calls("GET /items/i1")) == 1

    @pytest.mark.parametrize("failure", [BROKEN, DROPPED, BUSY])
    def test_never_repeats_the_creation_of_an_item(self, stub, client, failure):
        stub.on("POST /items", failure, Answer(ITEM))
        with pytest.raises((PluggyUnavailable, PluggyRateLimited)):
            client.create_item(NewItem(connector_id=2, parameters={"user": "user-ok"}))
        assert len(stub.calls("POST /items")) == 1

    @pytest.mark.parametrize("failure", [BROKEN, DROPPED, BUSY])
    def test_never_repeats_an_mfa_value(self, stub, client, failure):
        stub.on("POST /items/i1/mfa", failure, Answer(ITEM))
        with pytest.raises((PluggyUnavailable, PluggyRateLimited)):
            client.send_item_mfa("i1", {"token": "123456"})
        assert len(stub.calls("POST /items/i1/mfa")) == 1

    def test_repeats_an_item_update_only_when_it_was_refused(self, stub, client):
        stub.on("PATCH /items/i1", BUSY, BROKEN, Answer(ITEM))
        with pytest.raises(PluggyUnavailable):
            client.update_item("i1", ItemChanges())
        assert len(stub.calls("PATCH /items/i1")) == 2

    def test_does_not_repeat_a_spent_quota(self, stub, client):
        spent = Answer({"code": 429, "codeDescription": "BALANCE_OPEN_FINANCE_RATE_LIMIT"}, 429)
        stub.on("GET /accounts/a1/balance", spent)
        with pytest.raises(PluggyRateLimited) as no:
            client.fetch_account_balance("a1")
        assert no.value.code == "BALANCE_OPEN_FINANCE_RATE_LIMIT"
        assert len(stub.calls("GET /accounts/a1/balance")) == 1

    def test_answers_a_timeout_as_unavailable(self, stub, hands):
        stub.on("GET /items/i1", Answer(ITEM, delay=0.5))
        with another_client(stub, hands, timeout=0.05) as client, pytest.raises(PluggyUnavailable) as failure:
            client.fetch_item("i1")
        assert failure.value.code == "TIMEOUT"


class TestApiKey:
    def test_logs_in_once_for_many_calls_on_one_connection(self, stub, client):
        stub.on("GET /items/i1", Answer(ITEM))
        for _ in range(5):
            client.fetch_item("i1")
        assert [one.json() for one in stub.calls("POST /auth")] == [
            {"clientId": "the-id", "clientSecret": "the-secret"}
        ]
        assert len({one.port for one in stub.received}) == 1

    def test_renews_once_when_pluggy_no_longer_takes_the_key(self, stub, client):
        stub.on("GET /items/i1", Answer(ITEM))
        client.fetch_item("i1")
        stub.valid_keys = set()
        assert client.fetch_item("i1").id == "i1"
        assert [one.key for one in stub.calls("GET /items/i1")] == ["key-1", "key-1", "key-2"]

    def test_gives_up_when_the_new_key_is_refused_too(self, stub, client):
        stub.on("GET /items/i1", Answer({"code": 403, "message": "Missing or invalid"}, 403))
        with pytest.raises(PluggyDenied):
            client.fetch_item("i1")
        assert stub.keys_issued == 2
        assert len(stub.calls("GET /items/i1")) == 2

    def test_takes_a_403_with_a_code_as_a_denial(self, stub, client):
        stub.on(
            "GET /accounts/a1/balance", Answer({"code": 403, "codeDescription": "BALANCE_CONSENT_ERROR"}, 403)
        )
        with pytest.raises(PluggyDenied) as denial:
            client.fetch_account_balance("a1")
        assert denial.value.code == "BALANCE_CONSENT_ERROR"
        assert stub.keys_issued == 1

    def test_renews_when_its_time_is_over(self, stub, hands):
        stub.on("GET /items/i1", Answer(ITEM))
        with another_client(stub, hands, key_ttl=3600.0) as client:
            client.fetch_item("i1")
            hands.now += 3601
            client.fetch_item("i1")
        assert stub.keys_issued == 2

    def test_says_when_the_client_keys_are_wrong(self, stub, client):
        stub.on("POST /auth", Answer({"code": 401, "codeDescription": "CLIENT_KEYS_UNAUTHORIZED"}, 401))
        with pytest.raises(PluggyAuthFailed):
            client.fetch_item("i1")
        assert len(stub.received) == 1

    def test_is_fetched_by_one_of_many_threads(self, stub, hands):
        stub.on("GET /items/i1", Answer(ITEM))
        stub.login_delay = 0.1
        keys, start = InMemoryKeyStore(), threading.Barrier(8)

        def read() -> str:
            client = PluggyClient(
                client_id="i", client_secret="s", base_url=stub.url, key_store=keys, settings=hands.settings()
            )
            with client:
                start.wait()
                return client.fetch_item("i1").id

        with ThreadPoolExecutor(8) as pool:
            assert {future.result() for future in [pool.submit(read) for _ in range(8)]} == {"i1"}
        assert stub.keys_issued == 1


class TestCircuit:
    def test_opens_after_failures_in_a_row_and_asks_nobody(self, stub, hands):
        stub.on("GET /items/i1", BROKEN)
        with another_client(stub, hands, attempts=1, circuit_threshold=2, circuit_delay=30.0) as client:
            for _ in range(3):
                with pytest.raises(PluggyUnavailable) as failure:
                    client.fetch_item("i1")
        assert len(stub.calls("GET /items/i1")) == 2
        assert (failure.value.code, failure.value.retry_after) == ("CIRCUIT_OPEN", 30.0)

    def test_lets_one_try_after_the_delay_and_closes_on_success(self, stub, hands):
        stub.on("GET /items/i1", BROKEN, BROKEN, Answer(ITEM))
        with another_client(stub, hands, attempts=1, circuit_threshold=2, circuit_delay=30.0) as client:
            for _ in range(2):
                with pytest.raises(PluggyUnavailable):
                    client.fetch_item("i1")
            hands.now += 31
            assert client.fetch_item("i1").id == "i1"
            assert client.fetch_item("i1").id == "i1"

    def test_is_shared_by_clients_with_the_same_store(self, stub, hands):
        stub.on("GET /items/i1", BROKEN)
        shared = {"attempts": 1, "circuit_threshold": 1, "circuits": InMemoryCircuits()}
        with another_client(stub, hands, **shared) as first, another_client(stub, hands, **shared) as second:
            with pytest.raises(PluggyUnavailable):
                first.fetch_item("i1")
            with pytest.raises(PluggyUnavailable) as failure:
                second.fetch_item("i1")
        assert failure.value.code == "CIRCUIT_OPEN"

    def test_ignores_an_institution_that_is_down(self, stub, hands):
        down = Answer({"code": 502, "codeDescription": "BALANCE_CONNECTOR_UNAVAILABLE"}, 502)
        stub.on("GET /accounts/a1/balance", down)
        with another_client(stub, hands, circuit_threshold=1) as client:
            for _ in range(3):
                with pytest.raises(PluggyUnavailable) as failure:
                    client.fetch_account_balance("a1")
        assert failure.value.code == "BALANCE_CONNECTOR_UNAVAILABLE"


class TestLimiter:
    def test_is_asked_for_every_attempt_with_its_family(self, stub, hands):
        asked: list[str] = []

        class Notebook:
            def acquire(self, family: str) -> None:
                asked.append(family)

        stub.on("PATCH /items/i1", BUSY, Answer(ITEM))
        stub.on("GET /accounts", Answer({"results": []}))
        with PluggyClient(
            client_id="i", client_secret="s", base_url=stub.url, limiter=Notebook(), settings=hands.settings()
        ) as client:
            client.update_item("i1")
            client.fetch_accounts("i1")
        assert asked == ["auth", "item_updates", "item_updates", "accounts"]


class TestPrivacy:
    def test_no_log_line_or_error_holds_a_body_a_key_or_a_secret(self, stub, client):
        stub.on("GET /items/i1", BROKEN)
        with structlog.testing.capture_logs() as lines, pytest.raises(PluggyUnavailable) as failure:
            client.fetch_item("i1")
        seen = f"{lines} {failure.value!r} {failure.value.refusal!r} {client!r} {vars(client)}"
        for secret in ("secret words", "the-secret", "key-1", "i1"):
            assert secret not in seen
        assert [(line["method"], line["path"], line["status"], line["attempt"]) for line in lines] == [
            ("POST", "/auth", 200, 1),
            ("GET", "/items/{id}", 500, 1),
            ("GET", "/items/{id}", 500, 2),
            ("GET", "/items/{id}", 500, 3),
        ]

    def test_a_garbled_body_is_an_error_that_does_not_repeat_it(self, stub, client):
        stub.on("GET /items/i1", Answer({"id": "i1", "status": "UPDATED", "createdAt": "my secret"}))
        with pytest.raises(PluggyGarbled) as failure:
            client.fetch_item("i1")
        assert (
            str(failure.value) == "GET /items/{id}: HTTP 200 GARBLED: not a date or time - at `$.createdAt`"
        )
        assert failure.value.__cause__ is None

    def test_an_html_page_is_garbled(self, stub, client):
        stub.on("GET /items/i1", Answer(b"<html>hello</html>"))
        with pytest.raises(PluggyGarbled):
            client.fetch_item("i1")

    @pytest.mark.parametrize("wild", ["..", "a/b", "i1?x=1", "", "i1\n", "x" * 65])
    def test_an_id_that_cannot_be_pluggys_is_not_even_asked_for(self, stub, client, wild):
        with pytest.raises(PluggyNotFound):
            client.fetch_item(wild)
        assert stub.calls(f"GET /items/{wild}") == []
