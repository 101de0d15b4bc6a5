from collections.abc import Iterator

import pytest
from tests.browser import chromium, new_page, page
from tests.stripe_simulator import StripeSimulator, start

__all__ = ["chromium", "new_page", "page", "simulator"]


@pytest.fixture(scope="module")
def simulator() -> Iterator[StripeSimulator]:
    """The real program, for a real browser."""
    process, simulator = start("--frozen", "--now", "2026-11-25T12:00:00Z")
    yield simulator
    process.terminate()
    process.wait(timeout=10)
