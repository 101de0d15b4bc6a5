"""The Stripe simulator as a test sees it: the real program on a free port, its control plane, the official client."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import httpx
import stripe

API_VERSION = "2026-10-28.endive"


@dataclass(frozen=True)
class StripeSimulator:
    """One running simulator. Times move only when a test says so, or by the real clock."""

    url: str
    secret_key: str

    def control(self, path: str, /, **body: object) -> dict[str, Any]:
        """POST to the control plane."""
        answer = httpx.post(f"{self.url}/_control{path}", json=body, timeout=30)
        assert answer.status_code < 300, f"{path}: {answer.status_code} {answer.text[:300]}"
        return dict(answer.json())

    def told(self, path: str, **params: str) -> Any:
        """GET from the control plane."""
        return httpx.get(f"{self.url}/_control{path}", params=params, timeout=30).json()

    def advance(self, **how: int) -> None:
        """Move the virtual clock on (seconds, days or to); what falls due happens."""
        self.control("/clock", **how)

    def client(self, patience: float = 30, **options: Any) -> stripe.StripeClient:
        """The official client, set up as the product sets it up."""
        return stripe.StripeClient(
            self.secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": self.url, "files": self.url},
            http_client=stripe.RequestsClient(timeout=(5, patience)),
            **options,
        )


def start(*options: str) -> tuple[subprocess.Popen[str], StripeSimulator]:
    """Start the program on a free port; it prints where it listens as its first line."""
    command = [sys.executable, "-m", "stripe_sandbox", "--port", "0", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    return process, StripeSimulator(told["url"], told["secretKey"])
