from collections.abc import Iterator

import pytest
from tests.stripe_sandbox.box import Box, Receiver


@pytest.fixture
def box() -> Iterator[Box]:
    box = Box()
    yield box
    box.close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver:
        yield receiver
