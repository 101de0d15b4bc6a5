"""Keys are unique and grow with time."""

from itertools import pairwise
from uuid import UUID

from financehub.core.ids import new_id, new_quick_id, quick


def test_keys_are_unique_version_seven_and_in_order_of_time() -> None:
    keys = [new_id() for _ in range(1000)]
    assert len(set(keys)) == 1000
    assert {key.version for key in keys} == {7}
    milliseconds = [key.int >> 80 for key in keys]
    assert all(earlier <= later for earlier, later in pairwise(milliseconds))


def test_quick_keys_are_the_same_kind() -> None:
    keys = [UUID(bytes=new_quick_id().bytes) for _ in range(100)]
    assert ({key.version for key in keys}, len(set(keys))) == ({7}, 100)
    assert [quick(key).bytes for key in keys] == [key.bytes for key in keys]
    assert quick(keys[0]).hex == keys[0].hex
