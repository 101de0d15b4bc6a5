"""The real `pluggy-sandbox` program on a free port with its clock standing still, driven by official clients."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pluggy_sdk import AuthApi, AuthRequest
from tests.contract.official import OfficialClient
from tests.simulator import Simulator, start

NODE = Path(__file__).parent / "node"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Simulator]:
    """A simulator of the module's own: other suites do not move its clock."""
    process, simulator = start("--frozen", "--now", "2026-11-25T15:00:00Z")
    yield simulator
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(scope="module")
def official(sandbox: Simulator) -> OfficialClient:
    """The vendor's Python SDK, signed in by itself."""
    asked = AuthRequest(client_id=sandbox.client_id, client_secret=sandbox.client_secret)
    visitor = OfficialClient(sandbox.url)
    key = AuthApi(visitor).auth_create(asked).api_key
    client = OfficialClient(sandbox.url, key)
    client.calls |= visitor.calls
    return client


@pytest.fixture(scope="session")
def node_client() -> Path:
    """The folder where npm's `pluggy-sdk` is installed, from the committed lock file when it is not there yet."""
    node, npm = shutil.which("node"), shutil.which("npm")
    assert node, "these tests need Node 20 or newer: apt-get install nodejs npm"
    if not (NODE / "node_modules" / "pluggy-sdk").is_dir():
        assert npm, "these tests need npm: apt-get install npm"
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=NODE, check=True, capture_output=True)
    return NODE
