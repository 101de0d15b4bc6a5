"""Items from connect token to deletion, with their MFA, resources and credit registry."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from financehub.providers.pluggy.calls import Call, Repeat
from financehub.providers.pluggy.keys import token_end
from financehub.providers.pluggy.limits import Family
from financehub.providers.pluggy.paging import PAGE_SIZE, Endpoints
from financehub.providers.pluggy.shapes.base import Shape
from financehub.providers.pluggy.shapes.items import (
    ConnectToken,
    Consent,
    Item,
    ItemChanges,
    ItemOptions,
    ItemResource,
    NewItem,
    Scr,
)


class _TokenRequest(Shape, kw_only=True, omit_defaults=True):
    item_id: str | None = None
    options: ItemOptions | None = None


class ItemEndpoints(Endpoints):
    def create_connect_token(
        self, options: ItemOptions | None = None, item_id: str | None = None
    ) -> ConnectToken:
        """A browser's 30-minute credential; with `item_id` it may only update that Item."""
        call = Call("POST", "/connect_token", body=_TokenRequest(item_id=item_id, options=options))
        token = self._exchange.read(call, ConnectToken)
        end = token_end(token.access_token)
        token.expires_at = None if end is None else datetime.fromtimestamp(end, UTC)
        return token

    def create_item(self, item: NewItem) -> Item:
        """Start a connection. Never repeated: without an idempotency key that is a second Item."""
        return self._fetch(Call("POST", "/items", body=item, repeat=Repeat.NEVER), Item)

    def fetch_item(self, item_id: str) -> Item:
        return self._fetch(Call("GET", "/items/{id}", {"id": item_id}), Item)

    def update_item(self, item_id: str, changes: ItemChanges | None = None) -> Item:
        """Start a new execution. Spends quota, 20 a minute at most: only for a person's click."""
        call = Call(
            "PATCH",
            "/items/{id}",
            {"id": item_id},
            body=changes or ItemChanges(),
            family=Family.ITEM_UPDATES,
            repeat=Repeat.IF_REFUSED,
        )
        return self._fetch(call, Item)

    def delete_item(self, item_id: str) -> None:
        """PluggyNotFound means it is gone already, perhaps by the first attempt of this very call."""
        self._exchange.send(Call("DELETE", "/items/{id}", {"id": item_id}))

    def send_item_mfa(self, item_id: str, values: Mapping[str, str]) -> Item:
        """Answer the Item's `parameter`: `{parameter.name: value}`. Never repeated."""
        call = Call("POST", "/items/{id}/mfa", {"id": item_id}, body=dict(values), repeat=Repeat.NEVER)
        return self._fetch(call, Item)

    def disable_auto_sync(self, item_id: str) -> Item:
        """Stop Pluggy's own refreshes until the Item is updated by us."""
        return self._fetch(Call("PATCH", "/items/{id}/disable-auto-sync", {"id": item_id}), Item)

    def fetch_item_resources(self, item_id: str, status: str | None = None) -> list[ItemResource]:
        """What the institution lists under the consent; empty outside Open Finance."""
        query = {"status": status, "pageSize": PAGE_SIZE}
        return self._fetch_list(Call("GET", "/items/{id}/resources", {"id": item_id}, query), ItemResource)

    def iter_items_v2(
        self, client_user_id: str | None = None, connector_id: int | None = None
    ) -> Iterator[Item]:
        """All Items, newest first. PluggyDenied unless Pluggy has switched the list on for the client."""
        query = {"clientUserId": client_user_id, "connectorId": connector_id}
        for page in self._cursor_pages(Call("GET", "/v2/items", query=query), Item):
            yield from page

    def fetch_item_scr(self, item_id: str, first: str | None = None, last: str | None = None) -> Scr:
        """The Central Bank's registry between two base months, each YYYYMM."""
        return self._fetch(Call("GET", "/items/{id}/scr", {"id": item_id}, {"from": first, "to": last}), Scr)

    def fetch_consents(self, item_id: str) -> list[Consent]:
        return self._fetch_list(Call("GET", "/consents", query={"itemId": item_id}), Consent)

    def fetch_consent(self, consent_id: str) -> Consent:
        return self._fetch(Call("GET", "/consents/{id}", {"id": consent_id}), Consent)
