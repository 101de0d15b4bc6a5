"""Which product stands still, and since when."""

from datetime import UTC, datetime

from financehub.banking import freshness
from financehub.banking.freshness import ProductState, Warned
from financehub.banking.models import Item

DETAIL = {
    "accounts": {"isUpdated": True, "lastUpdatedAt": "2026-11-20T12:00:00.000Z"},
    "transactions": {
        "isUpdated": False,
        "lastUpdatedAt": "2026-11-03T12:00:00.000Z",
        "warnings": [{"code": "423", "message": "limit"}, {"code": "TXN_003", "providerMessage": "Limite"}],
    },
    "loans": {"isUpdated": False, "lastUpdatedAt": None},
    "identity": None,
}


class TestProducts:
    def test_are_nothing_after_a_clean_run(self) -> None:
        assert freshness.products(Item(status_detail=None)) == []

    def test_say_since_when_and_in_the_banks_words(self) -> None:
        assert freshness.products(Item(status_detail=DETAIL)) == [
            ProductState("accounts", True, datetime(2026, 11, 20, 12, tzinfo=UTC)),
            ProductState(
                "transactions",
                False,
                datetime(2026, 11, 3, 12, tzinfo=UTC),
                [Warned("423", "limit"), Warned("TXN_003", "Limite")],
            ),
            ProductState("loans", False, None),
        ]


class TestStale:
    def test_is_what_could_not_be_updated(self) -> None:
        assert [one.product for one in freshness.stale(Item(status_detail=DETAIL))] == [
            "transactions",
            "loans",
        ]
