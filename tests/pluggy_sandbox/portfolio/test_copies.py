"""Copies counted, not held."""

import json

from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.portfolio.copies import HEAD, Copies, copy_number, cut
from pluggy_sandbox.portfolio.ledger import row_from


def base(number: int, day: int) -> object:
    date = f"2026-01-{day:02d}T03:00:00.000Z"
    name = f"{wire.made_id(number)[:HEAD]}{0:012x}"
    fields = {"id": name, "description": "Loja", "date": date, "creditCardMetadata": None, "createdAt": date}
    return cut(row_from(fields))


def test_positions_and_keys_are_inverse() -> None:
    copies = Copies([base(1, 1), base(2, 1), base(3, 2)], 5)
    assert [copies.position(copies.key(place)) for place in range(len(copies))] == list(range(15))


def test_bodies_name_their_copy() -> None:
    shown = [json.loads(body) for body in Copies([base(1, 1)], 3).bodies(0, 3)]
    assert [row["description"] for row in shown] == ["Loja #3", "Loja #2", "Loja"]
    assert [copy_number(row["id"]) for row in shown] == [2, 1, 0]


def test_items_leave_out_what_is_gone() -> None:
    copies = Copies([base(1, 1)], 3)
    gone = {copies.key(1)[1]}
    assert [key for key, _ in copies.items(0, 3, gone)] == [copies.key(2), copies.key(0)]


def test_only_by_creation_and_span_by_day() -> None:
    copies = Copies([base(1, 1), base(2, 2), base(3, 3)], 4)
    assert len(copies.only("2026-01-02", None)) == 8
    assert copies.only(None, None) is copies
    assert copies.span("2026-01-02", "2026-01-02") == (4, 8)


def test_pieces_come_and_go() -> None:
    copies = Copies([base(1, 1)], 4)
    grown = copies.with_piece(base(2, 2))
    assert (len(grown), len(grown.with_piece(base(2, 3)))) == (8, 8)
    assert len(grown.without_piece(wire.made_id(1)[:HEAD])) == 4
    assert [row.date[:10] for row in grown.firsts()] == ["2026-01-01", "2026-01-02"]


def test_find_knows_only_its_copies() -> None:
    copies = Copies([base(1, 1)], 4)
    assert copies.find(copies.key(3)[1]).body == copies.bodies(3, 4)[0]
    assert copies.find(f"{wire.made_id(1)[:HEAD]}{4:012x}") is None
    assert copy_number("nonsense") is None
