"""Vendors' libraries stay away until somebody needs them."""

import subprocess
import sys

import pytest

from financehub.providers.late import LateModule

LOADING = """
import sys
import financehub.providers.stripe.client, financehub.providers.stripe.notifying, financehub.providers.telegram.client
from financehub.providers.stripe import calling
from financehub.providers.telegram import updates
print("telegram" in sys.modules, "stripe" in sys.modules)
updates.parse({"update_id": 1, "message": {"message_id": 2, "date": 0, "chat": {"id": 3, "type": "private"}}})
print("telegram" in sys.modules, "stripe" in sys.modules)
calling.client_of("sk_test_1", "2025-01-01", {})
print("telegram" in sys.modules, "stripe" in sys.modules, sys.modules["stripe"].enable_telemetry)
"""


def test_each_is_loaded_by_the_first_call_and_not_before() -> None:
    ran = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["False False", "True False", "True True False"]


def test_has_what_the_module_has_and_nothing_else() -> None:
    late = LateModule("json")
    assert late.loads("[1]") == [1]
    with pytest.raises(AttributeError):
        late.nothing  # noqa: B018
