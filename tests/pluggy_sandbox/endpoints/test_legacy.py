"""Reads that left the specification."""

import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.endpoints.legacy import LISTS


@pytest.mark.parametrize("path", LISTS)
def test_a_legacy_list_is_empty_but_there(box: Box, path: str) -> None:
    item = box.create()
    assert box.get(path, itemId=item["id"]).json()["results"] == []
    assert box.get(path).status_code == 400
