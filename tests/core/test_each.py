"""One of many that fails keeps nobody else waiting."""

import pytest

from financehub.core.each import MOST_IN_A_ROW, SomeFailed, for_each


def test_what_each_answered_in_order() -> None:
    assert for_each([1, 2, 3], str) == ["1", "2", "3"]
    assert for_each([], str) == []


def test_the_others_have_their_turn_before_it_is_said_what_failed() -> None:
    done: list[int] = []

    def deed(one: int) -> None:
        done.append(10 // one)

    with pytest.raises(SomeFailed) as caught:
        for_each([1, 0, 5, 0], deed)
    assert done == [10, 2]
    assert (caught.value.count, type(caught.value.first)) == (2, ZeroDivisionError)


def test_where_nobody_gets_through_it_ends() -> None:
    tried: list[int] = []

    def deed(one: int) -> None:
        tried.append(one)
        raise OSError

    with pytest.raises(SomeFailed):
        for_each(range(1000), deed)
    assert len(tried) == MOST_IN_A_ROW
