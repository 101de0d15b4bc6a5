"""The hot path over HTTP."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.providers.pluggy.stub import Answer, StubPluggy

PATH = "GET /v2/transactions"


def row(name: str, amount: object = 1.5) -> dict[str, object]:
    return {
        "id": name,
        "accountId": "a1",
        "description": "PIX",
        "currencyCode": "BRL",
        "amount": amount,
        "date": "2026-03-01T00:00:00.000Z",
        "type": "CREDIT",
    }


def page(following: str | None, *names: str) -> Answer:
    return Answer({"results": [row(name) for name in names], "next": following})


def queries(stub: StubPluggy) -> list[dict[str, list[str]]]:
    return [one.query for one in stub.calls(PATH)]


class TestIterTransactionPages:
    @pytest.mark.parametrize(
        "following",
        [
            "?accountId=a1&after=Mj%3D%3D",
            "https://api.pluggy.ai/v2/transactions?accountId=a1&after=Mj%3D%3D",
            "Mj%3D%3D",
        ],
    )
    def test_follows_every_form_of_next_and_repeats_the_filters(self, stub, client, following):
        stub.on(PATH, page(following, "t1", "t2"), page(None, "t3"))
        pages = list(client.iter_transaction_pages("a1", date(2026, 1, 1), date(2026, 3, 1)))
        assert [[one.id for one in page.rows] for page in pages] == [["t1", "t2"], ["t3"]]
        assert [page.after for page in pages] == ["Mj==", None]
        filters = {"accountId": ["a1"], "dateFrom": ["2026-01-01"], "dateTo": ["2026-03-01"]}
        assert queries(stub) == [filters, {**filters, "after": ["Mj=="]}]

    def test_asks_for_a_page_only_when_it_is_wanted(self, stub, client):
        stub.on(PATH, page("?after=x", "t1"), page(None, "t2"))
        next(client.iter_transaction_pages("a1"))
        assert len(queries(stub)) == 1

    def test_asks_for_what_is_new(self, stub, client):
        stub.on(PATH, page(None))
        since = datetime(2026, 3, 1, 12, tzinfo=UTC)
        assert [page.rows for page in client.iter_transaction_pages("a1", created_at_from=since)] == [[]]
        assert queries(stub) == [{"accountId": ["a1"], "createdAtFrom": ["2026-03-01T12:00:00.000Z"]}]

    def test_refuses_the_two_filters_that_pluggy_forbids_together(self, stub, client):
        with pytest.raises(ValueError, match="not both"):
            next(
                client.iter_transaction_pages(
                    "a1", date_from=date(2026, 1, 1), created_at_from=datetime(2026, 1, 1, tzinfo=UTC)
                )
            )
        assert stub.received == []

    def test_asks_for_many_ids_five_hundred_at_a_time(self, stub, client):
        stub.on(PATH, page(None, "t1"))
        list(client.iter_transaction_pages("a1", ids=[f"t{n}" for n in range(501)]))
        assert [len(one["ids"][0].split(",")) for one in queries(stub)] == [500, 1]

    def test_asks_nothing_for_no_ids(self, stub, client):
        assert list(client.iter_transaction_pages("a1", ids=[])) == []
        assert stub.received == []

    def test_keeps_a_long_amount_exactly(self, stub, client):
        body = b'{"results":[{"id":"t1","accountId":"a1","description":"x","currencyCode":"BRL",'
        body += b'"amount":1234567890123456.789,"date":"2026-03-01T00:00:00Z","type":"DEBIT"}],"next":null}'
        stub.on(PATH, Answer(body))
        (page,) = client.iter_transaction_pages("a1")
        assert page.rows[0].amount == Decimal("1234567890123456.789")
        assert page.raw_bytes == body


class TestFetchTransaction:
    def test_reads_one(self, stub, client):
        stub.on("GET /transactions/t1", Answer(row("t1", 0.1)))
        assert client.fetch_transaction("t1").amount == Decimal("0.1")


class TestUpdateTransactionCategory:
    def test_sends_the_category(self, stub, client):
        stub.on("PATCH /transactions/t1", Answer({**row("t1"), "categoryId": "10000000"}))
        assert client.update_transaction_category("t1", "10000000").category_id == "10000000"
        assert stub.calls("PATCH /transactions/t1")[0].json() == {"categoryId": "10000000"}
