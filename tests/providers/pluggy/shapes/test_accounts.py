"""Account data that Pluggy spells in two ways."""

from decimal import Decimal

import pytest

from financehub.providers.pluggy.shapes.accounts import ReservedBalance
from financehub.providers.pluggy.shapes.base import decode


class TestReservedBalance:
    @pytest.mark.parametrize("name", [b"availableAmounts", b"amounts"])
    def test_reads_the_amounts_under_both_names(self, name):
        reserved = decode(
            ReservedBalance, b'{"identification":"x","%s":[{"amount":1.10,"currencyCode":"BRL"}]}' % name
        )
        assert [one.amount for one in reserved.all_amounts] == [Decimal("1.10")]

    def test_has_no_amounts_when_none_came(self):
        assert decode(ReservedBalance, b'{"identification":"x"}').all_amounts == []
