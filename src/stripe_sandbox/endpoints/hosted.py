"""Checkout sessions and the customer portal: the API side of the hosted pages."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, lists, merged_metadata, reads
from stripe_sandbox.engine import checkout, portal
from stripe_sandbox.shapes import Json, part


def create_session(call: Call) -> Json:
    return checkout.open_session(call.world, call.params)


def list_sessions(call: Call) -> Json:
    filters = call.wanted("customer", "payment_intent", "subscription", "status")
    rows = call.world.store.rows("checkout.session", **filters)
    email = part(call.params.get("customer_details")).get("email")
    return call.page(
        [row for row in rows if not email or part(row["customer_details"]).get("email") == email]
    )


def update_session(call: Call) -> Json:
    session = call.world.store.get("checkout.session", call.id)
    call.world.change(session, **merged_metadata(session, call.params))
    return session


def expire_session(call: Call) -> Json:
    return checkout.expire_session(call.world, call.world.store.get("checkout.session", call.id))


def session_line_items(call: Call) -> Json:
    session = call.world.store.get("checkout.session", call.id)
    return call.page(call.world.store.note(session["id"])["line_items"][::-1])


def create_portal(call: Call) -> Json:
    return portal.open_portal(call.world, call.params)


def create_configuration(call: Call) -> Json:
    return portal.make_configuration(call.world, call.params)


def update_configuration(call: Call) -> Json:
    configuration = call.world.store.get("billing_portal.configuration", call.id)
    return portal.change_configuration(call.world, configuration, call.params)


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/checkout/sessions": create_session,
    "GET /v1/checkout/sessions": list_sessions,
    "GET /v1/checkout/sessions/{}": reads("checkout.session"),
    "POST /v1/checkout/sessions/{}": update_session,
    "POST /v1/checkout/sessions/{}/expire": expire_session,
    "GET /v1/checkout/sessions/{}/line_items": session_line_items,
    "POST /v1/billing_portal/sessions": create_portal,
    "POST /v1/billing_portal/configurations": create_configuration,
    "GET /v1/billing_portal/configurations": lists("billing_portal.configuration", "active", "is_default"),
    "GET /v1/billing_portal/configurations/{}": reads("billing_portal.configuration"),
    "POST /v1/billing_portal/configurations/{}": update_configuration,
}
