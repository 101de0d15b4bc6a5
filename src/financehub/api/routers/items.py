"""Connections: what each is doing, its questions to a person, and what a person may do about it."""

from datetime import datetime
from typing import Self
from uuid import UUID

from ninja import Router

from financehub.api import lookups
from financehub.api.addresses import KeepHistory, OurId, PluggyItemId, at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.routers.syncs import SyncOut
from financehub.api.shapes import In, Out
from financehub.banking import answering, disconnecting, problems, requesting
from financehub.banking.models import Connector, Item
from financehub.companies.permissions import Permission
from financehub.core import clock

router = Router(tags=["items"])
READ = allowed(Permission.READ)
CONNECT = allowed(Permission.CONNECT)
WRITE = allowed(Permission.WRITE)


class ConnectorOut(Out):
    """One institution as Pluggy offers it."""

    id: int
    name: str
    type: str
    country: str
    image_url: str
    primary_color: str
    is_open_finance: bool
    is_sandbox: bool
    health_status: str

    @classmethod
    def of(cls, connector: Connector) -> Self:
        return cls.model_validate(connector, from_attributes=True)


class ProblemOut(Out):
    """What is wrong in our words (`code`, `action`), and in the bank's.

    `step`: what helps (reconnect, answer, refresh or nothing). `schedule`: what our timers do meanwhile (continue,
    again, pause, end); `look_again_at`: when they ask again by themselves.
    """

    code: str
    action: str
    severity: str
    step: str
    schedule: str
    look_again_at: datetime | None
    message: str
    provider_message: str


class ItemOut(Out):
    """One connection. `id` is ours, `itemId` is Pluggy's; the questions are told only to who may answer."""

    id: UUID
    item_id: UUID
    connector: ConnectorOut
    status: str
    execution_status: str
    is_updating: bool
    problem: ProblemOut | None
    parameter: dict[str, object] | None
    user_action: dict[str, object] | None
    action_expires_at: datetime | None
    products: list[str]
    created_at: datetime
    last_updated_at: datetime | None
    last_sync_at: datetime | None
    next_auto_sync_at: datetime | None
    consent_expires_at: datetime | None
    disconnected_at: datetime | None

    @classmethod
    def of(cls, item: Item, request: AuthedRequest) -> Self:
        may_answer = request.auth.may(Permission.CONNECT)
        return cls(
            id=item.pk,
            item_id=item.pluggy_id,
            connector=ConnectorOut.of(item.connector),
            status=item.status,
            execution_status=item.execution_status,
            is_updating=item.is_updating,
            problem=_problem(item),
            parameter=item.parameter if may_answer else None,
            user_action=item.user_action if may_answer else None,
            action_expires_at=item.action_expires_at,
            products=item.products,
            created_at=item.created_at,
            last_updated_at=item.last_updated_at,
            last_sync_at=item.last_sync_at,
            next_auto_sync_at=item.next_auto_sync_at,
            consent_expires_at=item.consent_expires_at,
            disconnected_at=item.disconnected_at,
        )


class ItemsOut(Out):
    """Every connection of the company, the newest first."""

    results: list[ItemOut]


class MfaIn(In):
    """What the person answered; passed on to the bank, never stored."""

    value: str


class ItemIdIn(In):
    """Pluggy's id of the Item."""

    item_id: UUID


class DisconnectedOut(Out):
    """The connection that ended."""

    id: UUID
    item_id: UUID
    disconnected: bool = True


def _problem(item: Item) -> ProblemOut | None:
    found = problems.problem_of(item, at=clock.now())
    if found is None:
        return None
    return ProblemOut(
        code=found.code,
        action=found.action.value,
        severity=found.severity.value,
        step=found.step,
        schedule=found.schedule.value,
        look_again_at=item.look_again_at,
        message=item.error_message,
        provider_message=item.error_provider_message,
    )


def _disconnect(request: AuthedRequest, item: Item, *, keep_history: bool) -> DisconnectedOut:
    answer = DisconnectedOut(id=item.pk, item_id=item.pluggy_id)
    disconnecting.disconnect(item=item, by=request.auth.actor, keep_history=keep_history)
    return answer


def _sync(request: AuthedRequest, item: Item) -> SyncOut:
    return SyncOut.of(requesting.check_item_and_request(item=item, by=request.auth.actor))


@at(
    router, "GET", "/banking/items/", "/pluggy/items", operation_id="list_items", auth=READ, response=ItemsOut
)
def list_items(request: AuthedRequest) -> ItemsOut:
    """Every connection of the company."""
    rows = lookups.items(request).order_by("-created_at", "-id")
    return ItemsOut(results=[ItemOut.of(item, request) for item in rows])


@at(router, "GET", "/banking/items/{id}/", operation_id="get_item", auth=READ, response=ItemOut)
def get_item(request: AuthedRequest, key: OurId) -> ItemOut:
    """One connection by our id."""
    return ItemOut.of(lookups.item(request, key), request)


@at(router, "GET", "/pluggy/items/{itemId}", operation_id="get_item_at_pluggy", auth=READ, response=ItemOut)
def get_item_at_pluggy(request: AuthedRequest, item_id: PluggyItemId) -> ItemOut:
    """One connection by Pluggy's id."""
    return ItemOut.of(lookups.item_at_pluggy(request, item_id), request)


@at(
    router,
    "DELETE",
    "/banking/items/{id}/",
    operation_id="disconnect_item",
    auth=CONNECT,
    response=DisconnectedOut,
)
def disconnect_item(
    request: AuthedRequest,
    key: OurId,
    keep_history: KeepHistory,
) -> DisconnectedOut:
    """End a connection at the bank, then here."""
    return _disconnect(request, lookups.item(request, key), keep_history=keep_history)


@at(
    router,
    "DELETE",
    "/pluggy/items/{itemId}",
    operation_id="disconnect_item_at_pluggy",
    auth=CONNECT,
    response=DisconnectedOut,
)
def disconnect_item_at_pluggy(
    request: AuthedRequest,
    item_id: PluggyItemId,
    keep_history: KeepHistory,
) -> DisconnectedOut:
    """The same by Pluggy's id."""
    return _disconnect(request, lookups.item_at_pluggy(request, item_id), keep_history=keep_history)


@at(
    router,
    "DELETE",
    "/open-finance/disconnect",
    operation_id="disconnect",
    auth=CONNECT,
    response=DisconnectedOut,
)
def disconnect(
    request: AuthedRequest,
    payload: ItemIdIn,
    keep_history: KeepHistory,
) -> DisconnectedOut:
    """The same with the id in the body."""
    return _disconnect(request, lookups.item_at_pluggy(request, payload.item_id), keep_history=keep_history)


@at(router, "POST", "/banking/items/{id}/mfa/", operation_id="answer_mfa", auth=CONNECT, response=ItemOut)
def answer_mfa(request: AuthedRequest, key: OurId, payload: MfaIn) -> ItemOut:
    """Send the bank the value it asks for."""
    item = lookups.item(request, key)
    return ItemOut.of(answering.answer_mfa(item=item, value=payload.value, by=request.auth.actor), request)


@at(
    router,
    "POST",
    "/banking/items/{id}/refresh/",
    operation_id="refresh_item",
    auth=CONNECT,
    response=ItemOut,
)
def refresh_item(request: AuthedRequest, key: OurId) -> ItemOut:
    """Ask the bank to be read again now."""
    item = lookups.item(request, key)
    return ItemOut.of(answering.refresh_item(item=item, by=request.auth.actor), request)


@at(
    router, "POST", "/banking/items/{id}/sync/", operation_id="sync_item", auth=WRITE, response={202: SyncOut}
)
def sync_item(request: AuthedRequest, key: OurId) -> SyncOut:
    """Read again what Pluggy has collected."""
    return _sync(request, lookups.item(request, key))


@at(
    router,
    "POST",
    "/pluggy/sync/{itemId}",
    operation_id="sync_item_at_pluggy",
    auth=WRITE,
    response={202: SyncOut},
)
def sync_item_at_pluggy(request: AuthedRequest, item_id: PluggyItemId) -> SyncOut:
    """The same by Pluggy's id."""
    return _sync(request, lookups.item_at_pluggy(request, item_id))


@at(router, "POST", "/open-finance/sync", operation_id="sync", auth=WRITE, response={202: SyncOut})
def sync(request: AuthedRequest, payload: ItemIdIn) -> SyncOut:
    """The same with the id in the body."""
    return _sync(request, lookups.item_at_pluggy(request, payload.item_id))
