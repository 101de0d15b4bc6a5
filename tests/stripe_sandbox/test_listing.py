import pytest

from stripe_sandbox.errors import StripeError
from stripe_sandbox.listing import listed, made_within

ROWS = [{"id": f"x_{n}", "created": n} for n in range(1, 26)]


def ids(**params: object) -> list[str]:
    return [row["id"] for row in listed(ROWS, params, "/v1/x")["data"]]


def test_a_list_is_newest_first_and_ten_long() -> None:
    page = listed(ROWS, {}, "/v1/x")
    assert [row["id"] for row in page["data"]][:2] == ["x_25", "x_24"]
    assert (len(page["data"]), page["has_more"], page["url"]) == (10, True, "/v1/x")


def test_cursors_walk_both_ways() -> None:
    assert ids(limit=2, starting_after="x_24") == ["x_23", "x_22"]
    assert ids(limit=2, ending_before="x_22") == ["x_24", "x_23"]
    assert listed(ROWS, {"starting_after": "x_2"}, "/")["has_more"] is False


def test_moments_filter() -> None:
    assert ids(created={"gte": "24"}) == ["x_25", "x_24"]
    assert ids(created={"gt": "3", "lt": "5"}) == ["x_4"]
    assert ids(created="7") == ["x_7"]
    assert made_within({"created": None}, {"gte": 1}) is False


@pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"starting_after": "x_99"}])
def test_wrong_cursors_and_limits_are_refused(params: dict) -> None:
    with pytest.raises(StripeError):
        listed(ROWS, params, "/v1/x")
