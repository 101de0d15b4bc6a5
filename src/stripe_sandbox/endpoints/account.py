"""The account itself: who it is, its webhook endpoints, its events, its test clocks, its features."""

from stripe_sandbox.clock import Clock
from stripe_sandbox.endpoints.calls import Call, Endpoint, deleted, lists, merged_metadata, reads
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, blank

EVENTS_KEPT = 30 * 86_400
MOST_TYPES = 20
TWO_YEARS = 2 * 366 * 86_400


def show_account(_call: Call) -> Json:
    account = blank("account")
    return account | {
        "id": "acct_stripe_in_a_box",
        "business_profile": None,
        "charges_enabled": True,
        "country": "BR",
        "default_currency": "brl",
        "details_submitted": True,
        "email": "conta@example.com",
        "payouts_enabled": True,
        "type": "standard",
    }


def create_endpoint(call: Call) -> Json:
    world, params = call.world, call.params
    if not params["url"].startswith(("http://", "https://")):
        raise InvalidRequest(
            "Invalid URL: An explicit scheme (such as https) must be provided.",
            code="url_invalid",
            param="url",
        )
    endpoint = world.make(
        "webhook_endpoint",
        "we",
        url=params["url"],
        enabled_events=params["enabled_events"],
        api_version=params.get("api_version"),
        description=params.get("description"),
        metadata=params.get("metadata") or {},
        status="enabled",
    )
    secret = world.settings.webhook_secret or f"whsec_{world.ids.token(32)}"
    world.store.note(endpoint["id"])["secret"] = secret
    return {**endpoint, "secret": secret}


def update_endpoint(call: Call) -> Json:
    endpoint = call.world.store.get("webhook_endpoint", call.id)
    changes: Json = {
        key: call.params[key] for key in ("url", "enabled_events", "description") if key in call.params
    }
    if "disabled" in call.params:
        changes["status"] = "disabled" if call.params["disabled"] else "enabled"
    call.world.change(endpoint, **changes, **merged_metadata(endpoint, call.params))
    return endpoint


def delete_endpoint(call: Call) -> Json:
    endpoint = call.world.store.get("webhook_endpoint", call.id)
    call.world.store.remove("webhook_endpoint", endpoint["id"])
    return deleted(endpoint)


def list_events(call: Call) -> Json:
    """The last thirty days; `delivery_success` false: some delivery is pending or failed."""
    world, types = call.world, call.params.get("types")
    if types and len(types) > MOST_TYPES:
        raise InvalidRequest("Invalid array: types can have at most 20 entries", param="types")
    if call.params.get("type"):
        types = [call.params["type"]]
    oldest, wanted = world.now() - EVENTS_KEPT, call.params.get("delivery_success")
    undelivered = world.sender.undelivered()
    return call.page(
        [
            row
            for row in world.store.rows("event")
            if row["created"] >= oldest
            and (not types or any(_fits(row["type"], one) for one in types))
            and (wanted is None or (row["id"] not in undelivered) == wanted)
        ]
    )


def _fits(kind: str, wanted: str) -> bool:
    return kind == wanted or (wanted.endswith("*") and kind.startswith(wanted[:-1]))


def create_clock(call: Call) -> Json:
    world = call.world
    clock = world.make(
        "test_helpers.test_clock",
        "clock",
        frozen_time=call.params["frozen_time"],
        deletes_after=world.now() + 30 * 86_400,
        name=call.params.get("name"),
        status="ready",
        status_details={},
    )
    world.clocks[clock["id"]] = Clock(clock["frozen_time"], frozen=True)
    return clock


def delete_clock(call: Call) -> Json:
    """Its customers go with it."""
    clock = call.world.store.get("test_helpers.test_clock", call.id)
    for customer in call.world.store.rows("customer", test_clock=clock["id"]):
        customer["deleted"] = True
    call.world.agenda.forget(clock["id"])
    call.world.store.remove("test_helpers.test_clock", clock["id"])
    return deleted(clock)


def check_advance(clock: Json, moment: int) -> None:
    """Raises InvalidRequest for a step back or beyond two years."""
    if not clock["frozen_time"] < moment <= clock["frozen_time"] + TWO_YEARS:
        raise InvalidRequest(
            "You must specify a time in the future, at most two intervals ahead.", param="frozen_time"
        )


def create_feature(call: Call) -> Json:
    feature = call.world.make(
        "entitlements.feature",
        "feat",
        active=True,
        lookup_key=call.params["lookup_key"],
        metadata=call.params.get("metadata") or {},
        name=call.params["name"],
    )
    return feature


ENDPOINTS: dict[str, Endpoint] = {
    "GET /v1/account": show_account,
    "POST /v1/webhook_endpoints": create_endpoint,
    "GET /v1/webhook_endpoints": lists("webhook_endpoint"),
    "GET /v1/webhook_endpoints/{}": reads("webhook_endpoint"),
    "POST /v1/webhook_endpoints/{}": update_endpoint,
    "DELETE /v1/webhook_endpoints/{}": delete_endpoint,
    "GET /v1/events": list_events,
    "GET /v1/events/{}": reads("event"),
    "POST /v1/test_helpers/test_clocks": create_clock,
    "GET /v1/test_helpers/test_clocks": lists("test_helpers.test_clock"),
    "GET /v1/test_helpers/test_clocks/{}": reads("test_helpers.test_clock"),
    "DELETE /v1/test_helpers/test_clocks/{}": delete_clock,
    "POST /v1/entitlements/features": create_feature,
    "GET /v1/entitlements/features": lists("entitlements.feature", "lookup_key"),
    "GET /v1/entitlements/features/{}": reads("entitlements.feature"),
    "GET /v1/entitlements/active_entitlements": lists("entitlements.active_entitlement"),
}
