"""What Stripe tells us by webhook: its endpoints, and the events it could not deliver."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

import stripe
from stripe.params import WebhookEndpointCreateParams as CreateParams
from stripe.params import WebhookEndpointUpdateParams as UpdateParams

from financehub.providers.stripe.errors import StripeRefused, StripeUnavailable

TYPES_PER_CALL = 20  # more are refused
PAGE = 100
API_BASE = "https://api.stripe.com"
RETRIES = 2


@dataclass(frozen=True)
class Endpoint:
    """One webhook endpoint; `secret` comes only with its creation."""

    id: str
    url: str
    status: str
    api_version: str
    events: tuple[str, ...]
    secret: str = field(default="", repr=False)


class Notifying:
    """The calls about webhooks, with the version of the API that this code was tested with."""

    def __init__(self, *, api_key: str, api_base: str = API_BASE, api_version: str) -> None:
        self._api_version = api_version
        self._client = stripe.StripeClient(
            api_key,
            stripe_version=api_version,
            base_addresses={"api": api_base},
            max_network_retries=RETRIES,
        )

    def endpoints(self) -> list[Endpoint]:
        """All of them. Raises StripeCallFailed, as every method here."""
        with _in_our_words("GET /v1/webhook_endpoints"):
            listed = self._client.v1.webhook_endpoints.list({"limit": PAGE})
            return [_endpoint(found) for found in listed.auto_paging_iter()]

    def create_endpoint(self, url: str, events: Sequence[str]) -> Endpoint:
        """A new one for exactly these events, of our version of the API."""
        with _in_our_words("POST /v1/webhook_endpoints"):
            wanted = {"url": url, "enabled_events": list(events), "api_version": self._api_version}
            made = self._client.v1.webhook_endpoints.create(cast("CreateParams", wanted))
        return _endpoint(made)

    def repair_endpoint(self, endpoint_id: str, url: str, events: Sequence[str]) -> Endpoint:
        """The same endpoint, switched on again, for exactly these events."""
        with _in_our_words("POST /v1/webhook_endpoints/{id}"):
            wanted = {"url": url, "enabled_events": list(events), "disabled": False}
            changed = self._client.v1.webhook_endpoints.update(endpoint_id, cast("UpdateParams", wanted))
        return _endpoint(changed)

    def delete_endpoint(self, endpoint_id: str) -> None:
        """Gone, or gone before."""
        with _in_our_words("DELETE /v1/webhook_endpoints/{id}", missing_is_fine=True):
            self._client.v1.webhook_endpoints.delete(endpoint_id)

    def undelivered(self, types: Sequence[str], since: datetime) -> Iterator[Mapping[str, object]]:
        """Events of these types that no endpoint took since then, as plain bodies, in Stripe's order of pages."""
        for start in range(0, len(types), TYPES_PER_CALL):
            with _in_our_words("GET /v1/events"):
                listed = self._client.v1.events.list(
                    {
                        "types": list(types[start : start + TYPES_PER_CALL]),
                        "delivery_success": False,
                        "created": {"gte": int(since.timestamp())},
                        "limit": PAGE,
                    }
                )
                for event in listed.auto_paging_iter():
                    yield event.to_dict(for_json=True)


@contextmanager
def _in_our_words(call: str, *, missing_is_fine: bool = False) -> Iterator[None]:
    try:
        yield
    except stripe.StripeError as error:
        status, code = error.http_status or 0, error.code or type(error).__name__
        if missing_is_fine and status == 404:
            return
        kind = StripeUnavailable if status in (0, 429) or status >= 500 else StripeRefused
        raise kind(call, status, code) from None


def _endpoint(found: stripe.WebhookEndpoint) -> Endpoint:
    secret = found.secret if "secret" in found else None
    return Endpoint(
        id=found.id,
        url=found.url,
        status=found.status,
        api_version=found.api_version or "",
        events=tuple(found.enabled_events),
        secret=secret or "",
    )
