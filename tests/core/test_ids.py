"""Keys are unique and grow with time."""

from itertools import pairwise

from financehub.core.ids import new_id


def test_keys_are_unique_version_seven_and_in_order_of_time() -> None:
    keys = [new_id() for _ in range(1000)]
    assert len(set(keys)) == 1000
    assert {key.version for key in keys} == {7}
    milliseconds = [key.int >> 80 for key in keys]
    assert all(earlier <= later for earlier, later in pairwise(milliseconds))
