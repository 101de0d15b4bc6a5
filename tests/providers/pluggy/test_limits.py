"""Token buckets: fast at first, then at the published pace."""

import pytest
from tests.providers.pluggy.stub import Hands

from financehub.providers.pluggy.limits import Family, TokenBuckets, Unlimited


def buckets(hands: Hands, **changes: object) -> TokenBuckets:
    return TokenBuckets(clock=hands.clock, sleep=hands.sleep, **changes)


class TestTokenBuckets:
    def test_lets_a_burst_pass(self, hands):
        limiter = buckets(hands)
        for _ in range(36):
            limiter.acquire(Family.ACCOUNTS)
        assert hands.slept == []

    def test_holds_item_updates_to_twenty_a_minute(self, hands):
        limiter, start = buckets(hands), hands.now
        for _ in range(22):
            limiter.acquire(Family.ITEM_UPDATES)
        assert hands.now - start == pytest.approx(60.0)

    def test_holds_all_families_together_to_the_overall_rate(self, hands):
        limiter, start = buckets(hands, overall_per_minute=60), hands.now
        for _ in range(33):
            limiter.acquire(Family.ACCOUNTS)
            limiter.acquire(Family.TRANSACTIONS)
        assert hands.now - start == pytest.approx(60.0)

    def test_fills_up_again_but_never_beyond_the_burst(self, hands):
        limiter = buckets(hands)
        hands.now += 3600
        for _ in range(2):
            limiter.acquire(Family.ITEM_UPDATES)
        assert hands.slept == []
        limiter.acquire(Family.ITEM_UPDATES)
        assert hands.slept == [pytest.approx(3.0)]

    def test_gives_an_unknown_family_the_ordinary_rate(self, hands):
        limiter, start = buckets(hands), hands.now
        for _ in range(37):
            limiter.acquire("a family of next year")
        assert hands.now - start == pytest.approx(1 / 6)


class TestUnlimited:
    def test_never_waits(self):
        assert Unlimited().acquire(Family.ITEM_UPDATES) is None
