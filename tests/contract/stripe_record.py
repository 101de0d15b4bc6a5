"""The official client with a witness: every 2xx answer is checked against the client's own classes on its way in."""

import json
from dataclasses import dataclass, field
from typing import Any

import stripe
from tests.contract.stripe_sdk import findings
from tests.stripe_simulator import API_VERSION, StripeSimulator

from stripe_sandbox.endpoints import table


@dataclass
class Record:
    """What was called, and what was wrong with the answers."""

    called: set[str] = field(default_factory=set)
    findings: dict[str, list[str]] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)

    def note(self, method: str, path: str, body: bytes) -> None:
        name, _ = table.find(method.upper(), path)
        self.called.add(name)
        document = json.loads(body)
        wrong = findings(document) if document.get("object") != "search_result" else []
        if wrong:
            self.findings.setdefault(name, []).extend(wrong)


class CheckingClient(stripe.RequestsClient):
    """The client's own HTTP layer, looking at every 2xx body."""

    def __init__(self, record: Record) -> None:
        super().__init__(timeout=(5, 30))
        self._record = record

    def request(self, method: str, url: str, headers: Any, post_data: Any = None) -> Any:
        body, status, sent = super().request(method, url, headers, post_data)
        if status == 200:
            self._record.note(method, "/v1" + url.partition("/v1")[2].partition("?")[0], body)
        return body, status, sent


def checked_client(simulator: StripeSimulator, record: Record) -> Any:
    return stripe.StripeClient(
        simulator.secret_key,
        stripe_version=API_VERSION,
        base_addresses={"api": simulator.url, "files": simulator.url},
        http_client=CheckingClient(record),
    ).v1
