"""One simulated Pluggy, as the doors see it.

Public to the pages and the endpoints: `list_connectors`, `find_connector`, `credential_problems`,
`open_session`, `create_item`, `update_item`, `get_item`, `answer_mfa`, `approve_user_action`,
`reject_user_action`, `expire_wait`, `return_url`, `delete_item`. The rest is for the control plane.
Everything runs on one event loop; nothing here waits except `advance`.
"""

import hashlib
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pluggy_sandbox import collection, connecting, credentials
from pluggy_sandbox.catalogue import connectors
from pluggy_sandbox.clock import Clock, stamp
from pluggy_sandbox.connecting import Wish
from pluggy_sandbox.errors import Forbidden
from pluggy_sandbox.faults import Faults
from pluggy_sandbox.items import Item
from pluggy_sandbox.lifecycle import Executions
from pluggy_sandbox.portfolio.mutations import require_possible
from pluggy_sandbox.rate_limits import RateLimiter
from pluggy_sandbox.shapes import Json, as_object, as_strings, as_text
from pluggy_sandbox.state import State
from pluggy_sandbox.tokens import Session, Tokens
from pluggy_sandbox.webhooks import Webhooks
from pluggy_sandbox.webhooks_out import Sender

DEFAULT_CLIENT_ID = "c0ffee00-0000-4000-8000-000000000001"
SETTLE_SECONDS = 2.0  # real time that one step of `advance` waits for webhooks under way
PURGE_AFTER = timedelta(days=30)


def default_secret(seed: int) -> str:
    """The client secret of a simulator that was given none."""
    return hashlib.sha256(f"pluggy-sandbox:{seed}".encode()).hexdigest()[:40]


class World:
    """State and rules wired together; `reset` starts history again."""

    def __init__(
        self,
        *,
        seed: int = 7,
        client_id: str = DEFAULT_CLIENT_ID,
        client_secret: str | None = None,
        clock: Clock | None = None,
        base_url: str = "http://127.0.0.1",
    ) -> None:
        secret = client_secret or default_secret(seed)
        self._begin(State(seed, clock or Clock(), client_id, secret, base_url))

    def _begin(self, state: State) -> None:
        for row in connectors():
            state.connectors[int(str(row["id"]))] = {**row, "imageUrl": f"{state.base_url}{row['imageUrl']}"}
        self.state = state
        self.webhooks = Webhooks()
        self.sender = Sender(state, self.webhooks)
        self.executions = Executions(state, self.sender.emit)
        self.tokens = Tokens(state.client_id, state.client_secret)
        self.faults = Faults(state.seed)
        self.limiter = RateLimiter()

    async def reset(self, seed: int | None = None) -> None:
        """Forget everything but the credentials, the address and the clock."""
        await self.sender.close()
        old = self.state
        chosen = old.seed if seed is None else seed
        self._begin(State(chosen, old.clock, old.client_id, old.client_secret, old.base_url))

    def now(self) -> datetime:
        return self.state.now()

    # -- connectors ----------------------------------------------------------------------------

    def list_connectors(self, *, include_sandbox: bool = True) -> list[Json]:
        """Connectors in the order of their ids, Pluggy-shaped."""
        rows = [self.state.connectors[key] for key in sorted(self.state.connectors)]
        return rows if include_sandbox else [row for row in rows if not row.get("isSandbox")]

    def find_connector(self, connector_id: int) -> Json:
        """One connector; raises NotFound."""
        return self.state.connector(connector_id)

    def credential_problems(self, connector_id: int, parameters: dict[str, str]) -> list[Json]:
        """What is wrong with a form, as `{code, message, parameter}`; empty when it may be sent."""
        return credentials.problems(self.state.connector(connector_id), parameters)

    def set_connector_health(self, connector_id: int, status: str) -> Json:
        """ONLINE, UNSTABLE or OFFLINE; a change is told by `connector/status_updated`."""
        connector = self.state.connector(connector_id)
        health = as_object(connector.get("health"))
        changed = health.get("status") != status
        connector["health"] = {**health, "status": status}
        if changed:
            self.sender.publish(
                {
                    "event": "connector/status_updated",
                    "eventId": self.state.ids.uuid(),
                    "id": str(connector_id),
                    "connectorId": connector_id,
                    "data": {"status": status},
                }
            )
        return connector

    # -- sessions of the Connect page ----------------------------------------------------------

    def issue_connect_token(self, options: Json, item_id: str | None) -> str:
        """A token for one Connect session; with `item_id` it may only touch that item."""
        session = Session(options, item_id, updates_only=item_id is not None)
        return self.tokens.issue_connect_token(self.now(), session, self.state.ids.uuid())

    def open_session(self, connect_token: str | None) -> Session:
        """The session behind a connect token; raises Forbidden for anything else."""
        session = self.tokens.caller(connect_token, self.now()).session
        if session is None:
            raise Forbidden
        return session

    # -- items ---------------------------------------------------------------------------------

    def create_item(self, connector_id: int, wish: Wish, *, session: Session | None = None) -> Item:
        """Connect a bank. With a session its options fill what the wish leaves open, the item
        becomes the session's item, and the run counts as started by the person (`USER`).

        Raises the PluggyErrors of POST /items.
        """
        if session is not None:
            if session.updates_only:
                raise Forbidden
            wish = _with_options(wish, session.options)
        triggered_by = "USER" if session else "CLIENT"
        item = connecting.create(self.state, self.executions, connector_id, wish, triggered_by)
        if session is not None:
            session.item_id = item.id
        if item.is_sandbox:
            self._watch_for_purge(item)
        return item

    def update_item(self, item_id: str, wish: Wish, *, session: Session | None = None) -> Item:
        """Refresh or repair an item; raises the PluggyErrors of PATCH /items/{id}."""
        triggered_by = "USER" if session else "CLIENT"
        return connecting.update(self.state, self.executions, self.state.item(item_id), wish, triggered_by)

    def get_item(self, item_id: str) -> Item:
        """The item (`to_json()` is its API form); raises NotFound."""
        return self.state.item(item_id)

    def answer_mfa(self, item_id: str, answer: dict[str, str]) -> Item:
        """`{parameter name: value}` for an item in WAITING_USER_INPUT; raises the MFA errors."""
        item = self.state.item(item_id)
        self.executions.answer(item, dict(answer))
        return item

    def approve_user_action(self, item_id: str) -> bool:
        """The person authorised at the bank, scanned the QR, or the second approver agreed.

        False when the item was not waiting for that.
        """
        return self.executions.approve(self.state.item(item_id))

    def reject_user_action(self, item_id: str) -> bool:
        """The person refused at the bank; False when the item was not waiting for that."""
        return self.executions.reject(self.state.item(item_id))

    def expire_wait(self, item_id: str) -> bool:
        """Let the deadline of a waiting item pass at once; False when it was not waiting."""
        return self.executions.expire(self.state.item(item_id))

    def return_url(self, item_id: str) -> str | None:
        """Where the bank sends the person back: `oauthRedirectUri` with `itemId` added, or None."""
        target = self.state.item(item_id).oauth_redirect_uri
        if not target:
            return None
        parts = urlsplit(target)
        query = urlencode([*parse_qsl(parts.query), ("itemId", item_id)])
        return urlunsplit(parts._replace(query=query))

    def disable_auto_sync(self, item_id: str) -> Item:
        """No automatic refresh until the client forces an update."""
        item = self.state.item(item_id)
        if not item.is_running and not item.is_waiting:
            self.executions.stop(item)
        item.next_auto_sync_at, item.auto_sync_disabled_at = None, self.now()
        return item

    def delete_item(self, item_id: str) -> None:
        """Erase an item with its data and consents; raises NotFound."""
        item = self.state.item(item_id)
        self.executions.stop(item)
        del self.state.items[item_id]
        for consent in [row for row in self.state.consents.values() if row.item_id == item_id]:
            del self.state.consents[consent.id]
        self.sender.emit("item/deleted", item)

    def resume(self) -> None:
        """Take up the life of items that an earlier run of the program left behind."""
        for item in self.state.items.values():
            item.connector = self.state.connectors.get(item.connector_id, item.connector)
            self.executions.resume(item)
            if item.is_sandbox:
                self._watch_for_purge(item)

    def _watch_for_purge(self, item: Item) -> None:
        """Sandbox items that nobody touches for thirty days disappear, if that is switched on."""

        def look() -> None:
            if item.id not in self.state.items:
                return
            idle_since = item.touched_at or item.created_at
            if self.state.switches.sandbox_purge and self.now() - idle_since >= PURGE_AFTER:
                self.delete_item(item.id)
            else:
                self.state.timers.at(max(idle_since + PURGE_AFTER, self.now() + timedelta(days=1)), look)

        self.state.timers.at(self.now() + PURGE_AFTER, look)

    # -- what the control plane does to items --------------------------------------------------

    def revoke_consent(self, item_id: str, *, hide_data: bool) -> Item:
        """The person took the consent back at the bank; `hide_data` empties the data endpoints."""
        item = self.state.item(item_id)
        consent = self.state.consents.get(item.consent_id or "")
        if consent:
            consent.revoked_at = self.now()
        item.hides_data = hide_data
        return item

    def expire_consent(self, item_id: str) -> Item:
        """The consent's last day has passed."""
        item = self.state.item(item_id)
        consent = self.state.consents.get(item.consent_id or "")
        if consent:
            consent.expires_at = item.consent_expires_at = self.now()
        return item

    def auto_sync(self, item_id: str) -> Item:
        """Pluggy's own refresh, now."""
        item = self.state.item(item_id)
        self.executions.auto_sync(item)
        return item

    def mutate(self, item_id: str, mutation: Json, *, when: str) -> dict[str, collection.RowNews]:
        """Let something happen to rows at the bank.

        `when` "now": as if a refresh had just ended (data, lastUpdatedAt and webhooks move at once);
        "next": collected by the next execution; "sync": likewise, and that execution starts now.
        One that finds no row by then changes nothing. Raises MutationRefused.
        """
        item = self.state.item(item_id)
        if when != "now":
            if item.portfolio is not None:
                kind, account_id = as_text(mutation.get("kind")), as_text(mutation.get("accountId"))
                require_possible(item.portfolio, kind=kind, account_id=account_id)
            item.mutations.append(mutation)
            if when == "sync":
                self.executions.auto_sync(item)
            return {}
        news: dict[str, collection.RowNews] = {}
        collection.merge_news(news, collection.apply_mutation(self.state, item, mutation))
        item.last_updated_at = item.updated_at = self.now()
        self.sender.emit("item/updated", item, triggeredBy="SYNC")
        self.executions.tell_rows(item, news, "SYNC")
        return news

    # -- time ----------------------------------------------------------------------------------

    def tick(self) -> None:
        """Fire what is due by now."""
        self.state.timers.fire_due(self.now())

    async def advance(self, seconds: float) -> None:
        """Move the clock forward through every timer on the way, letting webhooks settle between."""
        target = self.now() + timedelta(seconds=seconds)
        while (due := self.state.timers.next_due()) is not None and due <= target:
            self.state.clock.move_to(due)
            self.state.timers.fire_due(due)
            await self.sender.settle(SETTLE_SECONDS)
        self.state.clock.move_to(target)

    def describe(self) -> Json:
        """The state at a glance."""
        return {
            "now": stamp(self.now()),
            "seed": self.state.seed,
            "clientId": self.state.client_id,
            "url": self.state.base_url,
            "items": len(self.state.items),
            "webhooks": len(self.webhooks.all()),
            "deliveries": len(self.sender.log()),
            "faults": len(self.faults.rules),
            "timers": len(self.state.timers),
        }


def _with_options(wish: Wish, options: Json) -> Wish:
    """A wish of the Connect page, completed by the options of its token."""
    return Wish(
        parameters=wish.parameters,
        products=wish.products if wish.products is not None else as_strings(options.get("products")) or None,
        client_user_id=wish.client_user_id or as_text(options.get("clientUserId")) or None,
        webhook_url=wish.webhook_url or as_text(options.get("webhookUrl")) or None,
        oauth_redirect_uri=wish.oauth_redirect_uri or as_text(options.get("oauthRedirectUri")) or None,
        avoid_duplicates=wish.avoid_duplicates or options.get("avoidDuplicates") is True,
    )
