"""How a call is written on the wire."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from financehub.providers.pluggy.calls import Call
from financehub.providers.pluggy.errors import PluggyNotFound


class TestCall:
    def test_puts_ids_into_the_path_but_not_into_its_name(self):
        call = Call("GET", "/items/{id}", {"id": "i1"})
        assert (call.path(), str(call)) == ("/items/i1", "GET /items/{id}")

    @pytest.mark.parametrize("wild", ["..", "a/b", "a?b", "", "a b", "\u00e9", "x" * 65])
    def test_refuses_an_id_that_could_leave_the_path(self, wild):
        with pytest.raises(PluggyNotFound):
            Call("GET", "/items/{id}", {"id": wild}).path()

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            (True, "true"),
            (7, "7"),
            (date(2026, 3, 1), "2026-03-01"),
            (datetime(2026, 3, 1, 12, 0, 0, 5000, tzinfo=UTC), "2026-03-01T12:00:00.005Z"),
            (datetime(2026, 3, 1, 9, tzinfo=timezone(timedelta(hours=-3))), "2026-03-01T12:00:00.000Z"),
            (["a", "b"], "a,b"),
            ("text", "text"),
        ],
    )
    def test_writes_values_as_pluggy_reads_them(self, value, written):
        assert Call("GET", "/x", query={"q": value, "unset": None}).params() == {"q": written}
