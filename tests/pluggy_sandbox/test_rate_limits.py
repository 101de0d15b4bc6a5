"""Requests per minute."""

from datetime import timedelta

import pytest
from tests.pluggy_sandbox.box import NOON, Box

from pluggy_sandbox.rate_limits import Family, RateLimiter, family_of, headers


@pytest.mark.parametrize(
    ("method", "path", "family"),
    [
        ("POST", "/auth", Family("auth", 360)),
        ("GET", "/accounts/1", Family("accounts", 360)),
        ("GET", "/v2/transactions", Family("transactions", 360)),
        ("GET", "/investments/1/transactions", Family("investments", 360)),
        ("PATCH", "/items/1", Family("PATCH items", 20)),
        ("GET", "/items/1", None),
        ("POST", "/items", None),
    ],
)
def test_only_published_families_are_counted(method: str, path: str, family: Family | None) -> None:
    assert family_of(method, path) == family


def test_a_new_minute_forgets_the_last_one() -> None:
    limiter, family = RateLimiter(), Family("PATCH items", 2)
    assert [limiter.allow("a", family, NOON) for _ in range(3)] == [True, True, False]
    assert limiter.allow("b", family, NOON)
    assert limiter.allow("a", family, NOON + timedelta(minutes=1))


def test_a_refusal_says_when_to_come_back() -> None:
    assert headers(Family("x", 360), NOON + timedelta(seconds=15)) == {
        "RateLimit-Limit": "360",
        "RateLimit-Reset": "45",
        "Retry-After": "60",
    }


def test_the_twenty_first_patch_of_a_minute_is_refused(box: Box) -> None:
    item = box.create()
    answers = [box.patch(f"/items/{item['id']}") for _ in range(21)]
    assert [answer.status_code for answer in answers] == [409] * 20 + [429]
    assert answers[-1].headers["retry-after"] == "60"
    box.advance(60)
    assert box.patch(f"/items/{item['id']}").status_code == 200


def test_limits_can_be_switched_off(box: Box) -> None:
    box.switch(rateLimits=False)
    item = box.create()
    assert {box.patch(f"/items/{item['id']}").status_code for _ in range(25)} == {409}
