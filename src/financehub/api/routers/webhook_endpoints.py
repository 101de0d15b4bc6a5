"""Outgoing webhooks: where the company's programs are told, with which secret, and what became of each message."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from ninja import Router
from ninja.params.functions import Path

from financehub.api.addresses import OurId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.shapes import In, Out
from financehub.companies.permissions import Permission
from financehub.notifications import endpoints
from financehub.notifications.endpoints import Issued
from financehub.notifications.models import Delivery, WebhookEndpoint

router = Router(tags=["outgoing webhooks"])
MANAGE = allowed(Permission.MANAGE_COMPANY)
ROOT, ONE = "/webhook-endpoints/", "/webhook-endpoints/{id}/"
SHOWN = 100

DeliveryId = Annotated[UUID, Path(..., alias="deliveryId")]


class EndpointOut(Out):
    """An address of yours. `kinds` empty: everything. `failures` are those in a row."""

    id: UUID
    url: str
    description: str
    kinds: list[str]
    is_disabled: bool
    disabled_at: datetime | None
    disabled_why: str
    failing_since: datetime | None
    failures: int
    last_ok_at: datetime | None
    last_error: str
    former_until: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, endpoint: WebhookEndpoint) -> Self:
        return cls.model_validate(endpoint, from_attributes=True)


class IssuedOut(Out):
    """The endpoint with its secret (`whsec_…`), which no later answer shows."""

    endpoint: EndpointOut
    secret: str

    @classmethod
    def of(cls, issued: Issued) -> Self:
        return cls(endpoint=EndpointOut.of(issued.endpoint), secret=issued.secret)


class EndpointIn(In):
    """A new endpoint."""

    url: str
    kinds: list[str] = []
    description: str = ""


class ChangeIn(In):
    """What can be changed of one: its secret belongs to its address, so that stays."""

    kinds: list[str] = []
    description: str = ""


class RemovedOut(Out):
    """The endpoint that is no more."""

    id: UUID


class DeliveryOut(Out):
    """One message to one endpoint; `dueAt` is the next try while it waits."""

    id: UUID
    kind: str
    status: str
    attempts: int
    reason: str
    due_at: datetime
    finished_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, delivery: Delivery) -> Self:
        return cls(
            id=delivery.pk,
            kind=delivery.notification.kind,
            status=delivery.status,
            attempts=delivery.attempts,
            reason=delivery.reason,
            due_at=delivery.due_at,
            finished_at=delivery.finished_at,
            created_at=delivery.notification.created_at,
        )


class ReplayedOut(Out):
    """How many messages were queued again."""

    count: int


@at(router, "GET", ROOT, operation_id="list_webhook_endpoints", auth=MANAGE, response=list[EndpointOut])
def list_endpoints(request: AuthedRequest) -> list[EndpointOut]:
    """Every endpoint of the company."""
    return [EndpointOut.of(one) for one in endpoints.endpoints_of(request.auth.company)]


@at(router, "POST", ROOT, operation_id="add_webhook_endpoint", auth=MANAGE, response=IssuedOut)
def add_endpoint(request: AuthedRequest, wanted: EndpointIn) -> IssuedOut:
    """A new endpoint; the answer is the only one that shows its secret."""
    auth = request.auth
    return IssuedOut.of(
        endpoints.add(
            company=auth.company,
            url=wanted.url,
            kinds=wanted.kinds,
            description=wanted.description,
            by=auth.actor,
        )
    )


@at(router, "GET", ONE, operation_id="get_webhook_endpoint", auth=MANAGE, response=EndpointOut)
def get_endpoint(request: AuthedRequest, key: OurId) -> EndpointOut:
    """One endpoint and how it is doing."""
    return EndpointOut.of(_endpoint(request, key))


@at(router, "PUT", ONE, operation_id="change_webhook_endpoint", auth=MANAGE, response=EndpointOut)
def change_endpoint(request: AuthedRequest, key: OurId, wanted: ChangeIn) -> EndpointOut:
    """Other kinds or another description."""
    found = _endpoint(request, key)
    changed = endpoints.change(
        endpoint=found, kinds=wanted.kinds, description=wanted.description, by=request.auth.actor
    )
    return EndpointOut.of(changed)


@at(router, "DELETE", ONE, operation_id="remove_webhook_endpoint", auth=MANAGE, response=RemovedOut)
def remove_endpoint(request: AuthedRequest, key: OurId) -> RemovedOut:
    """Forget the endpoint."""
    endpoints.remove(endpoint=_endpoint(request, key), by=request.auth.actor)
    return RemovedOut(id=key)


@at(
    router,
    "POST",
    f"{ONE}rotate-secret/",
    operation_id="rotate_webhook_secret",
    auth=MANAGE,
    response=IssuedOut,
)
def rotate_secret(request: AuthedRequest, key: OurId) -> IssuedOut:
    """A new secret; the former one signs as well for 24 hours."""
    return IssuedOut.of(endpoints.rotate(endpoint=_endpoint(request, key), by=request.auth.actor))


@at(
    router,
    "POST",
    f"{ONE}enable/",
    operation_id="enable_webhook_endpoint",
    auth=MANAGE,
    response=EndpointOut,
)
def enable_endpoint(request: AuthedRequest, key: OurId) -> EndpointOut:
    """Send there again."""
    endpoints.enable(endpoint=_endpoint(request, key), by=request.auth.actor)
    return EndpointOut.of(_endpoint(request, key))


@at(
    router,
    "POST",
    f"{ONE}disable/",
    operation_id="disable_webhook_endpoint",
    auth=MANAGE,
    response=EndpointOut,
)
def disable_endpoint(request: AuthedRequest, key: OurId) -> EndpointOut:
    """Send nothing there for now; what happens meanwhile can be replayed."""
    endpoints.disable(endpoint=_endpoint(request, key), by=request.auth.actor)
    return EndpointOut.of(_endpoint(request, key))


@at(
    router,
    "GET",
    f"{ONE}deliveries/",
    operation_id="list_webhook_deliveries",
    auth=MANAGE,
    response=list[DeliveryOut],
)
def list_deliveries(request: AuthedRequest, key: OurId) -> list[DeliveryOut]:
    """The newest hundred messages to this endpoint, with what became of them."""
    rows = endpoints.deliveries_of(_endpoint(request, key)).order_by("-pk")[:SHOWN]
    return [DeliveryOut.of(row) for row in rows]


@at(
    router,
    "POST",
    f"{ONE}replay/",
    operation_id="replay_missed_webhooks",
    auth=MANAGE,
    response=ReplayedOut,
)
def replay_missed(request: AuthedRequest, key: OurId) -> ReplayedOut:
    """Send again what failed or was skipped."""
    count = endpoints.replay_missed(endpoint=_endpoint(request, key), by=request.auth.actor)
    return ReplayedOut(count=count)


@at(
    router,
    "POST",
    f"{ONE}deliveries/{{deliveryId}}/replay/",
    operation_id="replay_webhook_delivery",
    auth=MANAGE,
    response=DeliveryOut,
)
def replay_delivery(request: AuthedRequest, key: OurId, delivery_id: DeliveryId) -> DeliveryOut:
    """Send one message once more, with the same `webhook-id`."""
    found = _endpoint(request, key)
    return DeliveryOut.of(
        endpoints.replay_one(endpoint=found, delivery_id=delivery_id, by=request.auth.actor)
    )


def _endpoint(request: AuthedRequest, key: UUID) -> WebhookEndpoint:
    rows = WebhookEndpoint.objects.of(request.auth.company).select_related("company")
    return rows.get_or_raise(key)
