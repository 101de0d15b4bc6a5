"""What is sealed opens only with a key of the ring, unchanged; keys rotate without losing anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from financehub.core import crypto
from financehub.core.crypto import HEADER_BYTES, KeyRing, Undecipherable

OLD, NEW = f"old:{crypto.new_key()}", f"new:{crypto.new_key()}"


class TestSealing:
    @given(plain=st.binary(max_size=300))
    def test_opens_to_what_went_in(self, plain: bytes) -> None:
        ring = KeyRing.parse(OLD)
        assert ring.open(ring.seal(plain)) == plain

    @given(plain=st.binary(min_size=8, max_size=300))
    def test_shows_nothing_and_never_twice_the_same(self, plain: bytes) -> None:
        ring = KeyRing.parse(OLD)
        first, second = ring.seal(plain), ring.seal(plain)
        assert plain not in first
        assert first != second

    @given(plain=st.binary(max_size=60), place=st.integers(min_value=0), change=st.integers(1, 255))
    def test_any_changed_byte_is_noticed(self, plain: bytes, place: int, change: int) -> None:
        ring = KeyRing.parse(OLD)
        sealed = bytearray(ring.seal(plain))
        sealed[place % len(sealed)] ^= change
        with pytest.raises(Undecipherable):
            ring.open(bytes(sealed))

    @given(length=st.integers(min_value=0, max_value=HEADER_BYTES + 15))
    def test_a_cut_value_is_noticed(self, length: int) -> None:
        ring = KeyRing.parse(OLD)
        with pytest.raises(Undecipherable):
            ring.open(ring.seal(b"something")[:length])


class TestRotation:
    def test_a_new_key_in_front_seals_and_the_old_one_still_opens(self) -> None:
        before, after = KeyRing.parse(OLD), KeyRing.parse(f"{NEW},{OLD}")
        assert after.open(before.seal(b"x")) == b"x"
        assert KeyRing.parse(NEW).open(after.seal(b"y")) == b"y"

    def test_a_removed_key_no_longer_opens(self) -> None:
        sealed = KeyRing.parse(OLD).seal(b"x")
        with pytest.raises(Undecipherable, match="unknown key"):
            KeyRing.parse(NEW).open(sealed)

    def test_blind_indexes_stay_the_same_when_a_key_is_added_in_front(self, settings: Settings) -> None:
        settings.FINANCEHUB_KEYS = OLD
        before = crypto.blind_index("12345678909", purpose="cpf")
        settings.FINANCEHUB_KEYS = f"{NEW},{OLD}"
        assert crypto.blind_index("12345678909", purpose="cpf") == before


class TestBlindIndex:
    def test_is_equal_only_for_equal_values_of_one_purpose(self) -> None:
        index = crypto.blind_index("12345678909", purpose="cpf")
        assert index == crypto.blind_index("12345678909", purpose="cpf")
        assert index != crypto.blind_index("12345678909", purpose="api_key")
        assert index != crypto.blind_index("12345678908", purpose="cpf")

    def test_depends_on_the_key(self, settings: Settings) -> None:
        settings.FINANCEHUB_KEYS = OLD
        index = crypto.blind_index("x", purpose="cpf")
        settings.FINANCEHUB_KEYS = NEW
        assert crypto.blind_index("x", purpose="cpf") != index


@pytest.mark.parametrize("text", ["", " , ", "id:", "id:c2hvcnQ=", "id:not base64!", "no colon"])
def test_a_ring_that_cannot_be_used_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each of them names the reason differently
        KeyRing.parse(text)


def test_the_ring_of_this_installation_seals_and_opens() -> None:
    assert crypto.unseal(memoryview(crypto.seal(b"x"))) == b"x"  # type: ignore[arg-type]


class TestTheIndexEntry:
    def test_keeps_the_blind_indexes_when_their_key_leaves_the_ring(self, settings: Settings) -> None:
        settings.FINANCEHUB_KEYS = f"{NEW},{OLD}"
        before, entry = crypto.blind_index("12345678909", purpose="cpf"), crypto.ring().index_entry
        settings.FINANCEHUB_KEYS = f"{NEW},{entry}"
        assert crypto.blind_index("12345678909", purpose="cpf") == before
        assert crypto.ring().index_entry == entry

    def test_seals_and_opens_nothing(self) -> None:
        old = KeyRing.parse(OLD)
        ring = KeyRing.parse(f"{old.index_entry},{NEW}")
        assert ring.prefixes == KeyRing.parse(NEW).prefixes
        with pytest.raises(Undecipherable):
            ring.open(old.seal(b"x"))

    def test_is_no_ring_by_itself(self) -> None:
        with pytest.raises(ValueError, match="empty"):
            KeyRing.parse(KeyRing.parse(OLD).index_entry)
