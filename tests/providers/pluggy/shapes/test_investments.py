"""Movements of investments."""

import pytest

from financehub.providers.pluggy.shapes.base import decode
from financehub.providers.pluggy.shapes.investments import InvestmentTransaction


class TestInvestmentTransaction:
    @pytest.mark.parametrize(
        ("extra", "direction"),
        [
            (b'"type":"BUY"', "CREDIT"),
            (b'"type":"SELL"', "DEBIT"),
            (b'"type":"TAX","movementType":null', "DEBIT"),
            (b'"type":"BUY","movementType":"DEBIT"', "DEBIT"),
        ],
    )
    def test_has_a_direction_even_when_pluggy_gives_none(self, extra, direction):
        movement = decode(InvestmentTransaction, b'{"id":"m","date":"2026-01-01",%s}' % extra)
        assert movement.direction == direction
