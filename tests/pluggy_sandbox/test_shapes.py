"""Readings of JSON values that may be anything."""

from pluggy_sandbox.shapes import as_list, as_object, as_objects, as_strings, as_text


def test_wrong_types_read_as_empty_ones() -> None:
    assert (as_object([]), as_list({}), as_text(1)) == ({}, [], "")


def test_right_types_read_as_themselves() -> None:
    assert (as_object({"a": 1}), as_list([1]), as_text("x")) == ({"a": 1}, [1], "x")


def test_lists_keep_only_entries_of_their_kind() -> None:
    assert as_objects([{"a": 1}, 2, "x"]) == [{"a": 1}]
    assert as_strings(["x", 2, None]) == ["x"]
