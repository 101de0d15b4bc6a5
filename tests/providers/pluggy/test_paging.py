"""Both paginations, in every form they were met."""

import pytest
from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy.calls import Call
from financehub.providers.pluggy.errors import PluggyGarbled
from financehub.providers.pluggy.paging import continued, cursor_in


def page(*names: str, number: int = 1, total: int = 1) -> Answer:
    rows = [{"id": name, "itemId": "i1", "productName": "Loan"} for name in names]
    return Answer({"page": number, "totalPages": total, "total": 9, "results": rows})


class TestCursorIn:
    @pytest.mark.parametrize(
        ("following", "after"),
        [
            ("?accountId=a&after=MjAyMA%3D%3D", "MjAyMA=="),
            ("?after=a+b", "a+b"),
            ("/v2/transactions?after=abc&accountId=a", "abc"),
            ("https://elsewhere.example/v2/transactions?accountId=a&after=abc", "abc"),
            ("after=abc", "abc"),
            ("MjAyMA==", "MjAyMA=="),
            ("MjAyMA%3D%3D", "MjAyMA=="),
            ("https://elsewhere.example/v2/transactions", None),
            ("?accountId=a", None),
            ("", None),
            (None, None),
        ],
    )
    def test_finds_the_cursor_in_every_form(self, following, after):
        assert cursor_in(following) == after


class TestContinued:
    def test_keeps_the_filters(self):
        call = continued(Call("GET", "/v2/items", query={"connectorId": 2}), "abc")
        assert call.query == {"connectorId": 2, "after": "abc"}


class TestEndpoints:
    def test_reads_numbered_pages_to_the_last(self, stub, client):
        stub.on(
            "GET /loans", page("a", "b", total=3), page("c", number=2, total=3), page("d", number=3, total=3)
        )
        assert [loan.id for loan in client.fetch_loans("i1")] == ["a", "b", "c", "d"]
        assert [one.query.get("page") for one in stub.calls("GET /loans")] == [None, ["2"], ["3"]]

    def test_does_not_double_rows_of_a_server_that_ignores_the_number(self, stub, client):
        stub.on("GET /loans", page("a", total=2))
        assert [loan.id for loan in client.fetch_loans("i1")] == ["a"]

    def test_takes_a_bare_list(self, stub, client):
        stub.on("GET /categories", Answer([{"id": "01000000", "description": "Income"}]))
        assert client.fetch_categories()[0].description == "Income"

    def test_takes_a_204_as_an_empty_list(self, stub, client):
        stub.on("GET /webhooks", Answer(status=204))
        assert client.fetch_webhooks() == []

    def test_follows_a_cursor_with_its_filters(self, stub, client):
        first = {"results": [{"id": "i1", "status": "UPDATED"}], "next": "?clientUserId=u&after=x"}
        stub.on(
            "GET /v2/items", Answer(first), Answer({"results": [{"id": "i2", "status": "X"}], "next": None})
        )
        assert [item.id for item in client.iter_items_v2("u")] == ["i1", "i2"]
        assert stub.calls("GET /v2/items")[1].query == {"clientUserId": ["u"], "after": ["x"]}

    @pytest.mark.parametrize("following", ["?after=x", "?clientUserId=u"])
    def test_refuses_a_next_that_leads_nowhere(self, stub, client, following):
        stub.on("GET /v2/items", Answer({"results": [], "next": following}))
        with pytest.raises(PluggyGarbled):
            list(client.iter_items_v2())

    @pytest.mark.parametrize("body", [{"results": "no"}, {"total": 1}, [1], {"results": [{"id": 5}]}])
    def test_refuses_an_envelope_of_another_shape(self, stub, client, body):
        stub.on("GET /loans", Answer(body))
        with pytest.raises(PluggyGarbled):
            client.fetch_loans("i1")
