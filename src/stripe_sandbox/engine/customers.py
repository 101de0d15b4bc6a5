"""Customers and their tax ids."""

from stripe_sandbox.engine.ending import end
from stripe_sandbox.engine.methods import attach, find_method
from stripe_sandbox.engine.standing import OVER
from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, part
from stripe_sandbox.world import World

PLAIN = ("address", "balance", "description", "email", "name", "phone", "preferred_locales", "shipping", "tax_exempt",
         "business_name", "individual_name", "next_invoice_sequence")  # fmt: skip
TAX_ID_LENGTHS = {"br_cpf": 11, "br_cnpj": 14}


def make_customer(world: World, params: Json) -> Json:
    """A customer from API parameters; tells customer.created. Raises InvalidRequest."""
    for entry in params.get("tax_id_data") or []:
        check_tax_id(entry)
    clock = params.get("test_clock")
    if clock:
        world.store.get("test_helpers.test_clock", clock, "test_clock")
    customer = world.make(
        "customer",
        "cus",
        balance=0,
        delinquent=False,
        tax_exempt="none",
        preferred_locales=[],
        next_invoice_sequence=1,
        invoice_prefix=params.get("invoice_prefix") or world.ids.token(8).upper(),
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        metadata=params.get("metadata") or {},
        test_clock=clock,
    )
    customer["created"] = world.now(customer["id"])
    customer |= {key: params[key] for key in PLAIN if params.get(key) is not None}
    if params.get("payment_method"):
        attach(world, find_method(world, params["payment_method"]), customer["id"])
    _set_invoice_settings(world, customer, params)
    world.emit("customer.created", customer)
    for entry in params.get("tax_id_data") or []:
        add_tax_id(world, customer, entry)
    return customer


def change_customer(world: World, customer: Json, params: Json) -> Json:
    changes = {key: params[key] for key in PLAIN if key in params}
    if "metadata" in params:
        merged = {**(customer["metadata"] or {}), **(params["metadata"] or {})}
        changes["metadata"] = {key: value for key, value in merged.items() if value != ""}
    before = dict(customer["invoice_settings"])
    _set_invoice_settings(world, customer, params)
    changes["invoice_settings"], customer["invoice_settings"] = customer["invoice_settings"], before
    world.change(customer, "customer.updated", **changes)
    return customer


def _set_invoice_settings(world: World, customer: Json, params: Json) -> None:
    wanted = part(params.get("invoice_settings"))
    if not wanted:
        return
    if wanted.get("default_payment_method"):
        method = world.store.get(
            "payment_method", wanted["default_payment_method"], "invoice_settings[default_payment_method]"
        )
        if method["customer"] != customer["id"]:
            raise InvalidRequest(
                f"The customer does not have a payment method with the ID {method['id']}. The payment method must be "
                "attached to the customer.",
                code="resource_missing",
                param="invoice_settings[default_payment_method]",
            )
    customer["invoice_settings"] = {**customer["invoice_settings"], **wanted}


def delete_customer(world: World, customer: Json) -> Json:
    """Its subscriptions end, the name stays reserved; tells customer.deleted."""
    for subscription in world.store.rows("subscription", customer=customer["id"]):
        if subscription["status"] not in OVER:
            end(world, subscription, "cancellation_requested")
    world.emit("customer.deleted", customer)
    customer["deleted"] = True
    return {"id": customer["id"], "object": "customer", "deleted": True}


def check_tax_id(given: Json) -> None:
    """Raises InvalidRequest (tax_id_invalid) for a value that cannot be of its type."""
    letters = "".join(letter for letter in given["value"] if letter.isalnum())
    wanted = TAX_ID_LENGTHS.get(given["type"])
    if wanted and len(letters) != wanted:
        raise InvalidRequest(f"Invalid value for {given['type']}.", code="tax_id_invalid", param="value")


def add_tax_id(world: World, customer: Json, given: Json) -> Json:
    check_tax_id(given)
    tax_id = world.make(
        "tax_id",
        "txi",
        customer=customer["id"],
        country=given["type"][:2].upper(),
        type=given["type"],
        value=given["value"],
        owner={"type": "customer", "customer": customer["id"]},
        verification={"status": "unavailable", "verified_address": None, "verified_name": None},
    )
    world.emit("customer.tax_id.created", tax_id)
    return tax_id
