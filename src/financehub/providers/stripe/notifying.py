"""What Stripe tells us by webhook: its endpoints, and the events it could not deliver."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from financehub.providers.circuits import CircuitStore
from financehub.providers.stripe.calling import Caller, client_of
from financehub.providers.stripe.errors import StripeMissing

if TYPE_CHECKING:
    import stripe

TYPES_PER_CALL = 20  # more are refused
PAGE = 100
API_BASE = "https://api.stripe.com"


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

    def __init__(
        self, *, api_key: str, api_version: str, circuits: CircuitStore, api_base: str = API_BASE
    ) -> None:
        self._api_version = api_version
        self._api = client_of(api_key, api_version, {"api": api_base}).v1
        self._caller = Caller(api_base, circuits)

    def endpoints(self) -> list[Endpoint]:
        """All of them. Raises StripeCallFailed, as every method here."""
        with self._caller.spoken("GET /v1/webhook_endpoints"):
            listed = self._api.webhook_endpoints.list({"limit": PAGE})
            return [_endpoint(found) for found in listed.auto_paging_iter()]

    def create_endpoint(self, url: str, events: Sequence[str], *, key: str) -> Endpoint:
        """A new one for exactly these events, of our version of the API."""
        wanted = {"url": url, "enabled_events": list(events), "api_version": self._api_version}
        with self._caller.spoken("POST /v1/webhook_endpoints"):
            return _endpoint(self._api.webhook_endpoints.create(_typed(wanted), _once(key)))

    def repair_endpoint(self, endpoint_id: str, url: str, events: Sequence[str], *, key: str) -> Endpoint:
        """The same endpoint, switched on again, for exactly these events."""
        wanted = {"url": url, "enabled_events": list(events), "disabled": False}
        with self._caller.spoken("POST /v1/webhook_endpoints/{id}"):
            return _endpoint(self._api.webhook_endpoints.update(endpoint_id, _typed(wanted), _once(key)))

    def delete_endpoint(self, endpoint_id: str) -> None:
        """Gone, or gone before."""
        with suppress(StripeMissing), self._caller.spoken("DELETE /v1/webhook_endpoints/{id}"):
            self._api.webhook_endpoints.delete(endpoint_id)

    def undelivered(self, types: Sequence[str], since: datetime) -> Iterator[Mapping[str, object]]:
        """Events of these types that no endpoint took since then, as plain bodies, in Stripe's order of pages."""
        for start in range(0, len(types), TYPES_PER_CALL):
            params = {
                "types": list(types[start : start + TYPES_PER_CALL]),
                "delivery_success": False,
                "created": {"gte": int(since.timestamp())},
                "limit": PAGE,
            }
            with self._caller.spoken("GET /v1/events"):
                listed = self._api.events.list(_typed(params))
                found = [event.to_dict(for_json=True) for event in listed.auto_paging_iter()]
            yield from found


def _typed(params: Mapping[str, object]) -> Any:
    return cast("Any", dict(params))


def _once(key: str) -> Any:
    return cast("Any", {"idempotency_key": key})


def _endpoint(found: "stripe.WebhookEndpoint") -> Endpoint:
    secret = found.secret if "secret" in found else None
    return Endpoint(
        id=found.id,
        url=found.url,
        status=found.status,
        api_version=found.api_version or "",
        events=tuple(found.enabled_events),
        secret=secret or "",
    )
