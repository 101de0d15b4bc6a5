"""Connecting a bank: a token for the widget, and the id it brings back."""

from datetime import datetime
from uuid import UUID

from ninja import Router
from ninja.decorators import decorate_view

from financehub.api import lookups
from financehub.api.addresses import at
from financehub.api.auth import AuthedRequest, allowed
from financehub.api.events_first import events_first
from financehub.api.routers.items import ItemOut
from financehub.api.shapes import In, Out
from financehub.banking import connecting
from financehub.companies.permissions import Permission

router = Router(tags=["connecting"])
CONNECT = allowed(Permission.CONNECT)


class ConnectTokenIn(In):
    """Pluggy's id of the Item to update; left out for a new connection."""

    item_id: UUID | None = None


class ConnectTokenOut(Out):
    """What a browser needs to open Pluggy Connect."""

    access_token: str
    connect_url: str
    expires_at: datetime


class ConnectedItemIn(In):
    """The Item that Pluggy's widget created."""

    id: UUID


class CallbackIn(In):
    """Pluggy's id of the Item, by itself or inside the widget's own `item`; other names are ignored."""

    item_id: UUID | None = None
    item: ConnectedItemIn | None = None

    @property
    def given(self) -> str:
        return str(self.item_id or (self.item.id if self.item else ""))


class SaveConnectionIn(In):
    """Names of institutions that a browser sends are ignored: Pluggy says which one it is."""

    item_id: UUID
    institution_id: str | int | None = None
    institution_name: str | None = None


@at(
    router,
    "POST",
    "/banking/pluggy/connect-token/",
    "/pluggy/connect-token",
    "/open-finance/connect-token",
    operation_id="create_connect_token",
    auth=CONNECT,
    response=ConnectTokenOut,
)
def create_connect_token(request: AuthedRequest, payload: ConnectTokenIn | None = None) -> ConnectTokenOut:
    """Start connecting a bank, or updating the Item that the body names."""
    caller, item_id = request.auth, payload.item_id if payload else None
    item = lookups.item_at_pluggy(request, item_id) if item_id else None
    started = connecting.start_connection(
        company=caller.company, user=caller.user, by=caller.actor, item=item
    )
    return ConnectTokenOut(
        access_token=started.access_token, connect_url=started.connect_url, expires_at=started.expires_at
    )


@at(
    router,
    "POST",
    "/banking/pluggy/callback/",
    "/pluggy/callback",
    operation_id="complete_connection",
    auth=CONNECT,
    response=ItemOut,
)
@decorate_view(events_first)
def complete_connection(request: AuthedRequest, payload: CallbackIn) -> ItemOut:
    """Hand in what Connect brought back; the id is checked at Pluggy before anything is linked."""
    return _complete(request, payload.given)


@at(
    router,
    "POST",
    "/open-finance/save-connection",
    operation_id="save_connection",
    auth=CONNECT,
    response=ItemOut,
)
def save_connection(request: AuthedRequest, payload: SaveConnectionIn) -> ItemOut:
    """The same under its third name."""
    return _complete(request, str(payload.item_id))


def _complete(request: AuthedRequest, item_id: str) -> ItemOut:
    caller = request.auth
    item = connecting.complete_connection(
        company=caller.company, user=caller.user, item_pluggy_id=item_id, by=caller.actor
    )
    return ItemOut.of(item, request)
