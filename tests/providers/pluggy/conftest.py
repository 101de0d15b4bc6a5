"""A stub of Pluggy per test, and a client on it whose waits are noted instead of waited."""

from collections.abc import Iterator

import pytest
from tests.providers.pluggy.stub import Hands, StubPluggy

from financehub.providers.pluggy import PluggyClient


@pytest.fixture
def stub() -> Iterator[StubPluggy]:
    pluggy = StubPluggy()
    pluggy.start()
    yield pluggy
    pluggy.stop()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def client(stub: StubPluggy, hands: Hands) -> Iterator[PluggyClient]:
    with PluggyClient(
        client_id="the-id", client_secret="the-secret", base_url=stub.url, settings=hands.settings()
    ) as pluggy:
        yield pluggy
