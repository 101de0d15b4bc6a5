"""Money and time as the simulated bank writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluggy_sandbox.portfolio import wire


class TestEncode:
    @given(st.integers(min_value=-(10**13), max_value=10**13))
    def test_writes_cents_as_a_number_with_exactly_two_decimals(self, cents: int) -> None:
        sign, units = "-" if cents < 0 else "", abs(cents)
        assert wire.encode(wire.reais(cents)).decode() == f"{sign}{units // 100}.{units % 100:02d}"

    def test_decode_keeps_the_digits(self) -> None:
        body = b'{"amount":-10.50,"count":3,"none":null}'
        assert wire.encode(wire.decode(body)) == body

    def test_decode_refuses_what_is_no_object(self) -> None:
        with pytest.raises(TypeError):
            wire.decode(b"[1]")


class TestStamp:
    def test_has_milliseconds_and_z(self) -> None:
        assert wire.stamp(datetime(2026, 1, 2, 3, 4, 5, 678_900, tzinfo=UTC)) == "2026-01-02T03:04:05.678Z"

    def test_spells_a_day_both_ways(self) -> None:
        assert wire.bare(date(2026, 1, 2)) == "2026-01-02T00:00:00.000Z"
        assert wire.local_midnight(date(2026, 1, 2)) == "2026-01-02T03:00:00.000Z"

    def test_local_day_is_the_brazilian_one(self) -> None:
        assert wire.local_day(datetime(2026, 1, 2, 2, 59, tzinfo=UTC)) == date(2026, 1, 1)

    def test_parse_reads_days_and_instants_as_utc(self) -> None:
        assert wire.parse("2026-01-02") == datetime(2026, 1, 2, tzinfo=UTC)
        assert wire.parse("2026-01-02T00:00:00-03:00") == datetime(2026, 1, 2, 3, tzinfo=UTC)
        with pytest.raises(ValueError, match="Invalid isoformat"):
            wire.parse("yesterday")


class TestMadeId:
    @given(st.text(), st.integers())
    def test_is_a_version_4_uuid_and_the_same_again(self, word: str, number: int) -> None:
        made = wire.made_id(word, number)
        assert UUID(made).version == 4
        assert made == wire.made_id(word, number) == str(UUID(made))


def test_reais_is_exact() -> None:
    assert wire.reais(-1999) == Decimal("-19.99")
