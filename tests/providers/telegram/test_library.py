"""The vendor's library stays away until somebody needs it."""

import subprocess
import sys

import pytest

from financehub.providers.telegram import library

LOADING = """
import sys
import financehub.providers.telegram.client, financehub.providers.telegram.updates as updates
before = "telegram" in sys.modules
updates.parse({"update_id": 1, "message": {"message_id": 2, "date": 0, "chat": {"id": 3, "type": "private"}}})
print(before, "telegram" in sys.modules)
"""


def test_it_is_loaded_by_the_first_word_and_not_before() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    assert ran.stdout == "False True\n"


def test_knows_what_it_lists_and_nothing_else() -> None:
    assert all(getattr(library, name) for name in library.__all__)
    with pytest.raises(AttributeError):
        library.Nothing  # type: ignore[attr-defined]  # noqa: B018
