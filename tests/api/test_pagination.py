"""The shape of a page."""

import pytest
from pydantic import ValidationError

from financehub.api.pagination import PageIn, PageOut


def test_a_page_without_more_ends_with_null():
    assert PageOut[int](results=[1]).model_dump() == {"results": [1], "next": None}


@pytest.mark.parametrize("limit", [0, 501, -1])
def test_a_limit_is_between_one_and_five_hundred(limit):
    with pytest.raises(ValidationError):
        PageIn(limit=limit)
