"""Envelopes and cursors."""

import base64

import pytest
from tests.pluggy_sandbox.box import Box

from pluggy_sandbox.errors import InvalidCursor
from pluggy_sandbox.pagination import cut, decode_cursor, encode_cursor, encoded_page, next_link, single_page

KEY = ("2020-10-15T00:00:00.000Z", "a8534c85-53ce-4f21-94d7-50e9d2ee4957")


def test_a_page_is_cut_out_of_the_rows() -> None:
    rows = [{"n": number} for number in range(5)]
    assert cut(rows, 2, 2) == {"page": 2, "total": 5, "totalPages": 3, "results": [{"n": 2}, {"n": 3}]}
    assert cut(rows, 9, 2)["results"] == []


def test_a_single_page_holds_everything() -> None:
    assert single_page([{"n": 1}]) == {"page": 1, "total": 1, "totalPages": 1, "results": [{"n": 1}]}
    assert single_page([])["totalPages"] == 0


def test_encoded_rows_are_joined_and_not_encoded_again() -> None:
    page = encoded_page([b'{"amount":1.10}', b"{}"], 2, 1, 500)
    assert page == b'{"page":1,"total":2,"totalPages":1,"results":[{"amount":1.10},{}]}'


def test_a_cursor_is_base64_of_date_and_id() -> None:
    assert base64.b64decode(encode_cursor(KEY)).decode() == "|".join(KEY)
    assert decode_cursor(encode_cursor(KEY)) == KEY


@pytest.mark.parametrize(
    "text", ["%", "?accountId=a&after=b", encode_cursor(("2020-10-15", KEY[1])), encode_cursor((KEY[0], "1"))]
)
def test_anything_else_is_an_invalid_cursor(text: str) -> None:
    with pytest.raises(InvalidCursor):
        decode_cursor(text)


def test_the_next_link_keeps_the_filters() -> None:
    assert (
        next_link({"accountId": "x"}, KEY) == f"?accountId=x&after={encode_cursor(KEY).replace('=', '%3D')}"
    )
    assert next_link({"accountId": "x"}, None) is None


def test_following_the_cursor_reads_every_row_once_newest_first(box: Box) -> None:
    account = box.account(box.connected()["id"])
    rows = box.all_transactions(account["id"])
    keys = [(row["date"], row["id"]) for row in rows]
    assert len(rows) > 500
    assert keys == sorted(set(keys), reverse=True)


def test_the_whole_next_link_as_a_cursor_is_refused(box: Box) -> None:
    account = box.account(box.connected()["id"])
    following = box.get("/v2/transactions", accountId=account["id"]).json()["next"]
    refused = box.get("/v2/transactions", accountId=account["id"], after=following)
    assert (refused.status_code, refused.json()) == (400, {"code": 400, "message": "Invalid cursor"})


def test_next_can_be_a_whole_address(box: Box) -> None:
    box.switch(absoluteNext=True)
    account = box.account(box.connected()["id"])
    following = box.get("/v2/transactions", accountId=account["id"]).json()["next"]
    assert following.startswith(
        f"{box.world.state.base_url}/v2/transactions?accountId={account['id']}&after="
    )
