"""Investments, loans and identity over HTTP."""

from decimal import Decimal

import pytest
from tests.providers.pluggy.stub import Answer

from financehub.providers.pluggy.errors import PluggyNotFound

CDB = {"id": "v1", "itemId": "i1", "type": "FIXED_INCOME", "name": "CDB", "balance": 10.01, "issuerCNPJ": "1"}
LOAN = {"id": "l1", "itemId": "i1", "productName": "Loan", "CET": 1.99, "date": None}


class TestInvestments:
    def test_are_read_with_their_movements(self, stub, client):
        stub.on("GET /investments", Answer({"results": [CDB]}))
        stub.on("GET /investments/v1", Answer(CDB))
        moves = [{"id": f"m{n}", "type": "BUY", "date": "2026-01-01", "expenses": {}} for n in (1, 2)]
        stub.on(
            "GET /investments/v1/transactions",
            Answer({"page": 1, "totalPages": 2, "results": moves[:1]}),
            Answer({"page": 2, "totalPages": 2, "results": moves[1:]}),
        )
        assert client.fetch_investments("i1")[0].balance == Decimal("10.01")
        assert client.fetch_investment("v1").issuer_cnpj == "1"
        assert [move.id for move in client.iter_investment_transactions("v1")] == ["m1", "m2"]


class TestLoans:
    def test_are_read_with_the_upper_case_field(self, stub, client):
        stub.on("GET /loans", Answer({"results": [LOAN]}))
        stub.on("GET /loans/l1", Answer(LOAN))
        assert client.fetch_loans("i1")[0].cet == Decimal("1.99")
        assert client.fetch_loan("l1").product_name == "Loan"


class TestIdentity:
    def test_is_read_by_item_and_by_id(self, stub, client):
        person = {"id": "d1", "itemId": "i1", "fullName": "Ana", "nationality": {"x": 1}}
        stub.on("GET /identity", Answer(person))
        stub.on("GET /identity/d1", Answer(person))
        assert client.fetch_identity("i1").full_name == "Ana"
        assert bytes(client.fetch_identity_by_id("d1").nationality) == b'{"x": 1}'

    def test_says_when_it_was_not_collected(self, stub, client):
        stub.on("GET /identity", Answer({"code": 404, "codeDescription": "IDENTITY_NOT_FOUND"}, 404))
        with pytest.raises(PluggyNotFound):
            client.fetch_identity("i1")
