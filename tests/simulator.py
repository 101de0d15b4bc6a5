"""The Pluggy simulator as a test sees it: the real program on a free port, and its control plane."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from financehub.banking import pluggy
from financehub.companies.models import Company
from financehub.core import limits
from financehub.providers.pluggy.client import PluggyClient
from financehub.providers.pluggy.settings import ClientSettings
from financehub.providers.pluggy.shapes.items import Item, NewItem

PASSWORD = "password-ok"


class Tampering(httpx.HTTPTransport):
    """Passes on, but the vendor says `after` wherever it said `before` in a list of transactions."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__()
        self._before, self._after = before.encode(), after.encode()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = super().handle_request(request)
        body = response.read()
        if request.url.path == "/v2/transactions":
            body = body.replace(self._before, self._after)
        return httpx.Response(
            response.status_code, content=body, headers={"content-type": "application/json"}
        )


@dataclass(frozen=True)
class Simulator:
    """One running simulator. Times move only when a test says so, or by the real clock."""

    url: str
    client_id: str
    client_secret: str

    def control(self, path: str, /, **body: object) -> dict[str, Any]:
        """POST to the control plane."""
        answer = httpx.post(f"{self.url}/_control{path}", json=body, timeout=10)
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text[:300]}"
        return dict(answer.json())

    def told(self, path: str) -> Any:
        """GET from the control plane."""
        return httpx.get(f"{self.url}/_control{path}", timeout=10).json()

    def advance(self, seconds: float) -> None:
        """Move the virtual clock on; what falls due happens."""
        self.control("/clock", seconds=seconds)

    def plan(self, item_id: str, **plan: object) -> None:
        """How every coming run of an Item ends; nothing lifts it."""
        httpx.put(f"{self.url}/_control/items/{item_id}/plan", json=plan, timeout=10).raise_for_status()

    def switch(self, **switches: object) -> None:
        """Turn switches of the simulator."""
        httpx.patch(f"{self.url}/_control/switches", json=switches, timeout=10).raise_for_status()

    def connect(self, company: Company, user: str = "user-ok", connector_id: int = 2) -> Item:
        """An Item of this company at the vendor, executed to its end (or to where it waits)."""
        return self.connect_with(company, connector_id, {"user": user, "password": PASSWORD})

    def connect_with(self, company: Company, connector_id: int, parameters: dict[str, str]) -> Item:
        """The same with any credentials."""
        wanted = NewItem(
            connector_id=connector_id, parameters=parameters, client_user_id=str(company.vendor_alias)
        )
        item = self.client().create_item(wanted)
        self.advance(10)
        return self.client().fetch_item(item.id)

    def mutate(self, item_id: str, kind: str, account_id: str, **params: object) -> dict[str, Any]:
        """The bank changes its mind about a row, and Pluggy has collected it."""
        body = {"kind": kind, "accountId": account_id, "params": params, "when": "sync"}
        told = self.control(f"/items/{item_id}/mutations", **body)
        self.advance(10)
        return told

    def client(self) -> PluggyClient:
        return pluggy.client()

    def tampered(self, before: str, after: str) -> PluggyClient:
        """A client that hears something else in its transactions."""
        return PluggyClient(
            client_id=self.client_id,
            client_secret=self.client_secret,
            base_url=self.url,
            settings=ClientSettings(transport=Tampering(before, after)),
        )


def start(*options: str) -> tuple[subprocess.Popen[str], Simulator]:
    """Start the program on a free port; it prints where it listens as its first line."""
    command = [sys.executable, "-m", "pluggy_sandbox", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    return process, Simulator(told["url"], told["clientId"], told["clientSecret"])


@pytest.fixture(scope="session")
def running_simulator() -> Iterator[Simulator]:
    """One simulator for the whole run."""
    process, simulator = start()
    yield simulator
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def simulator(running_simulator: Simulator, settings: Any) -> Simulator:
    """A fresh world in the simulator, and the product pointed at it."""
    settings.PLUGGY_BASE_URL = settings.PLUGGY_CONNECT_URL = running_simulator.url
    settings.PLUGGY_CLIENT_ID = running_simulator.client_id
    settings.PLUGGY_CLIENT_SECRET = running_simulator.client_secret
    settings.SYNC_START_GAP_SECONDS = 0
    running_simulator.control("/reset")
    limits._storage().reset()  # or a run of many tests would wait for the vendor's rate per minute
    return running_simulator


def pluggy_id(item: Item) -> UUID:
    """The vendor's id as a UUID."""
    return UUID(item.id)
