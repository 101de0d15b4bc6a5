"""What endpoints share: ids in paths."""

import pytest
from starlette.requests import Request

from pluggy_sandbox.endpoints.calls import path_id, query_of
from pluggy_sandbox.errors import NotFound

UNKNOWN = "11111111-1111-4111-8111-111111111111"


def request(item_id: str) -> Request:
    return Request({"type": "http", "path_params": {"id": item_id}, "query_string": b"a=1&b=2"})


def test_a_uuid_of_the_path_is_returned() -> None:
    assert path_id(request(UNKNOWN), "item") == UNKNOWN


def test_anything_else_cannot_exist() -> None:
    with pytest.raises(NotFound, match="loan not found"):
        path_id(request("1"), "loan")


def test_a_query_reads_as_a_mapping() -> None:
    assert query_of(request("1")) == {"a": "1", "b": "2"}
