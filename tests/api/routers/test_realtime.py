"""The ticket that opens a live line."""

import pytest

from financehub.companies import tickets


class TestATicket:
    @pytest.mark.parametrize("who", ["browser", "viewer", "program"])
    def test_opens_the_callers_company_once(self, who, bakery, request):
        answer = request.getfixturevalue(who).post("/api/realtime/ticket")
        assert answer.status_code == 200
        assert answer.json()["url"].endswith("/ws")
        ticket = answer.json()["ticket"]
        assert [tickets.redeem(ticket), tickets.redeem(ticket)] == [bakery.pk, None]
