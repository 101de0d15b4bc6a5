"""How our JSON is written."""

from datetime import UTC, date, datetime
from uuid import UUID

from financehub.api.shapes import FastJson, In, Out


class Row(Out):
    balance_cents: int
    at: datetime


class Wish(In):
    item_id: str


def test_names_go_out_in_camel_case():
    assert set(Row(balance_cents=1, at=datetime(2026, 1, 2, tzinfo=UTC)).model_dump(by_alias=True)) == {
        "balanceCents",
        "at",
    }


def test_names_come_in_either_case_and_unknown_ones_are_ignored():
    assert Wish.model_validate({"itemId": "a", "other": 1}).item_id == "a"
    assert Wish.model_validate({"item_id": "a"}).item_id == "a"


def test_moments_days_and_ids_are_text_and_big_numbers_stay_exact():
    key = UUID("5f1c8a64-0f5e-4c0e-9d61-1c4f2a9d7e01")
    data = {"at": datetime(2026, 1, 2, 3, tzinfo=UTC), "day": date(2026, 1, 2), "id": key, "cents": 2**62}
    assert FastJson().render(None, data, response_status=200) == (
        b'{"at":"2026-01-02T03:00:00Z","day":"2026-01-02","id":"5f1c8a64-0f5e-4c0e-9d61-1c4f2a9d7e01",'
        b'"cents":4611686018427387904}'
    )
