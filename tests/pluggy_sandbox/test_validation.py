"""Complaints in the manner of class-validator."""

import pytest

from pluggy_sandbox.errors import Malformed
from pluggy_sandbox.validation import Reader, read_parameters


def complaint(read, source: dict) -> str:
    reader = Reader(source)
    read(reader)
    with pytest.raises(Malformed) as caught:
        reader.finish()
    return caught.value.text


@pytest.mark.parametrize(
    ("read", "source", "message"),
    [
        (lambda r: r.uuid("itemId"), {"itemId": "1"}, "itemId must be a UUID"),
        (lambda r: r.text("clientSecret"), {}, "clientSecret should not be empty"),
        (lambda r: r.text("url"), {"url": 3}, "url must be a string"),
        (lambda r: r.number("n"), {"n": "3"}, "n must be a number conforming to the specified constraints"),
        (lambda r: r.query_number("page", 1), {"page": "x"}, "page must be an integer number"),
        (lambda r: r.query_number("page", 1), {"page": "0"}, "page must not be less than 1"),
        (lambda r: r.page(), {"pageSize": "501"}, "pageSize must not be greater than 500"),
        (lambda r: r.moment("from"), {"from": "soon"}, "from must be a valid ISO 8601 date string"),
        (
            lambda r: r.moment("to"),
            {"to": "0001-01-01T00:00:00+14:00"},
            "to must be a valid ISO 8601 date string",
        ),
        (lambda r: r.flag("sandbox"), {"sandbox": "True"}, "sandbox must be a boolean value"),
        (
            lambda r: r.one_of("type", ("A", "B")),
            {"type": "C"},
            "type must be one of the following values: A, B",
        ),
        (lambda r: r.strings("products"), {"products": "X"}, "each value in products must be a string"),
        (lambda r: r.string_map("headers"), {"headers": [1]}, "headers must be an object"),
    ],
)
def test_a_wrong_value_is_named(read, source: dict, message: str) -> None:
    assert complaint(read, source) == message


def test_all_complaints_come_at_once() -> None:
    text = complaint(lambda r: (r.uuid("accountId"), r.query_number("page", 1)), {"page": "x"})
    assert text == "accountId must be a UUID, page must be an integer number"


def test_absent_options_read_as_nothing() -> None:
    reader = Reader({})
    assert reader.optional_text("a") is reader.moment("b") is reader.flag("c") is reader.strings("d") is None
    reader.finish()


def test_parameters_are_a_map_or_an_encrypted_string() -> None:
    assert read_parameters(Reader({"parameters": "sealed"}), {"parameters": "sealed"}) == "sealed"
    typed = {"parameters": {"cpf": 123}}
    assert read_parameters(Reader(typed), typed) == {"cpf": "123"}
