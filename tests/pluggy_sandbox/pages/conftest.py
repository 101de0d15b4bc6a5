from collections.abc import Iterator

import pytest
from tests.browser import chromium, new_page, page  # noqa: F401
from tests.pluggy_sandbox.pages.stage import Host, Simulator


@pytest.fixture(scope="session")
def running() -> Iterator[tuple[Simulator, Host]]:
    simulator = Simulator()
    host = Host(simulator.url)
    yield simulator, host
    host.stop()
    simulator.stop()


@pytest.fixture
def simulator(running: tuple[Simulator, Host]) -> Simulator:
    """A fresh world."""
    running[0].reset()
    return running[0]


@pytest.fixture
def host(running: tuple[Simulator, Host]) -> Host:
    return running[1]
