"""How the simulator writes and reads bodies."""

import asyncio
from decimal import Decimal

import pytest
from starlette.requests import Request

from pluggy_sandbox.answers import error_answer, json_answer, read_body
from pluggy_sandbox.errors import Forbidden, Malformed


def received(raw: bytes) -> Request:
    async def receive() -> dict:
        return {"type": "http.request", "body": raw, "more_body": False}

    return Request({"type": "http", "method": "POST", "headers": []}, receive)


def test_money_is_a_number_with_its_own_digits() -> None:
    assert json_answer({"amount": Decimal("12.50")}).body == b'{"amount":12.50}'


def test_an_error_answers_with_its_status() -> None:
    answer = error_answer(Forbidden(), {"X": "1"})
    assert (answer.status_code, answer.headers["x"]) == (403, "1")


def test_an_empty_body_is_an_empty_object() -> None:
    assert asyncio.run(read_body(received(b""))) == {}


@pytest.mark.parametrize("raw", [b"{", b"[]", b"1"])
def test_anything_but_an_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        asyncio.run(read_body(received(raw)))
