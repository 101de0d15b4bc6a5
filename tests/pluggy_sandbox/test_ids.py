"""Ids that a seed repeats."""

from pluggy_sandbox.ids import Ids, is_uuid


def test_the_same_seed_draws_the_same_ids() -> None:
    assert [Ids(7).uuid()] * 2 == [Ids(7).uuid(), Ids(7).uuid()]
    assert Ids(7).uuid() != Ids(8).uuid()


def test_ids_are_version_four() -> None:
    assert Ids(1).uuid()[14] == "4"


def test_only_the_dashed_form_is_a_uuid() -> None:
    text = Ids(1).uuid()
    assert is_uuid(text)
    assert not is_uuid(text.replace("-", ""))
    assert not is_uuid("x" * 36)
    assert not is_uuid(None)
