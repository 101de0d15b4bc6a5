"""Loan data that Pluggy spells in two ways."""

from decimal import Decimal

import pytest

from financehub.providers.pluggy.shapes.base import decode
from financehub.providers.pluggy.shapes.loans import FinanceCharge


class TestFinanceCharge:
    @pytest.mark.parametrize(
        ("body", "rate"),
        [
            (b'{"rate":0}', Decimal(0)),
            (b'{"chargeRate":0.07}', Decimal("0.07")),
            (b'{"rate":null}', None),
        ],
    )
    def test_reads_the_rate_under_both_names(self, body, rate):
        assert decode(FinanceCharge, body).any_rate == rate
