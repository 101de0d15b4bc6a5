"""Payment methods and setup intents."""

from stripe_sandbox.endpoints.calls import Call, Endpoint, lists, merged_metadata, reads, updates
from stripe_sandbox.engine import methods, setups
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json


def create(call: Call) -> Json:
    return methods.make_method(call.world, call.params)


def update(call: Call) -> Json:
    method = call.world.store.get("payment_method", call.id)
    changes: Json = merged_metadata(method, call.params)
    if call.params.get("billing_details"):
        changes["billing_details"] = {**method["billing_details"], **call.params["billing_details"]}
    if call.params.get("card"):
        changes["card"] = {**method["card"], **call.params["card"]}
    call.world.change(method, "payment_method.updated", **changes)
    return method


def attach(call: Call) -> Json:
    customer = call.world.find_customer(call.params.get("customer"))
    return methods.attach(call.world, methods.find_method(call.world, call.id), customer["id"])


def detach(call: Call) -> Json:
    return methods.detach(call.world, call.world.store.get("payment_method", call.id))


def create_setup(call: Call) -> Json:
    setup = setups.make_setup(call.world, call.params)
    if call.params.get("confirm"):
        setups.confirm_setup(call.world, setup)
    return setup


def confirm_setup(call: Call) -> Json:
    setup = call.world.store.get("setup_intent", call.id)
    setups.confirm_setup(call.world, setup, call.params.get("payment_method"))
    return setup


def cancel_setup(call: Call) -> Json:
    setup = call.world.store.get("setup_intent", call.id)
    if setup["status"] in ("succeeded", "canceled"):
        raise InvalidRequest("This SetupIntent cannot be canceled.", code="setup_intent_unexpected_state")
    reason = call.params.get("cancellation_reason")
    call.world.change(setup, "setup_intent.canceled", status="canceled", cancellation_reason=reason)
    return setup


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/payment_methods": create,
    "GET /v1/payment_methods": lists("payment_method", "customer", "type"),
    "GET /v1/payment_methods/{}": reads("payment_method"),
    "POST /v1/payment_methods/{}": update,
    "POST /v1/payment_methods/{}/attach": attach,
    "POST /v1/payment_methods/{}/detach": detach,
    "POST /v1/setup_intents": create_setup,
    "GET /v1/setup_intents": lists("setup_intent", "customer", "payment_method"),
    "GET /v1/setup_intents/{}": reads("setup_intent"),
    "POST /v1/setup_intents/{}": updates("setup_intent", None, "description", "payment_method"),
    "POST /v1/setup_intents/{}/confirm": confirm_setup,
    "POST /v1/setup_intents/{}/cancel": cancel_setup,
}
