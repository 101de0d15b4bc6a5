"""Customers, their tax ids and saved payment methods."""

import re

from stripe_sandbox.endpoints.calls import Call, Endpoint, deleted
from stripe_sandbox.engine import customers
from stripe_sandbox.errors import InvalidRequest, NoSuchObject
from stripe_sandbox.shapes import Json

SEARCH = re.compile(r"""^\s*(email|name|metadata\[['"](\w+)['"]\])\s*:\s*['"]([^'"]*)['"]\s*$""")


def create(call: Call) -> Json:
    return customers.make_customer(call.world, call.params)


def retrieve(call: Call) -> Json:
    customer = call.world.store.get("customer", call.id)
    return deleted(customer) if customer.get("deleted") else customer


def update(call: Call) -> Json:
    return customers.change_customer(call.world, call.world.find_customer(call.id), call.params)


def delete(call: Call) -> Json:
    return customers.delete_customer(call.world, call.world.find_customer(call.id))


def list_customers(call: Call) -> Json:
    clock = call.params.get("test_clock")
    rows = call.world.store.rows("customer", test_clock=clock, **call.wanted("email"))
    return call.page([row for row in rows if not row.get("deleted")])


def search(call: Call) -> Json:
    """`email:'a@b.c'`, `name:'x'` or `metadata['key']:'value'`."""
    found = SEARCH.match(call.params["query"])
    if found is None:
        raise InvalidRequest("We were unable to parse your search query.", param="query")
    field, key, value = found.groups()
    rows = [row for row in call.world.store.rows("customer") if not row.get("deleted")]
    matching = [row for row in rows if (row["metadata"].get(key) if key else row[field]) == value]
    return {
        "object": "search_result",
        "data": matching,
        "has_more": False,
        "next_page": None,
        "url": call.path,
    }


def create_tax_id(call: Call) -> Json:
    return customers.add_tax_id(call.world, call.world.find_customer(call.id), call.params)


def list_tax_ids(call: Call) -> Json:
    return call.page(call.world.store.rows("tax_id", customer=call.world.find_customer(call.id)["id"]))


def _own(call: Call, kind: str) -> Json:
    found = call.world.store.get(kind, call.ids[1])
    if found["customer"] != call.id:
        raise NoSuchObject(kind, call.ids[1])
    return found


def retrieve_tax_id(call: Call) -> Json:
    return _own(call, "tax_id")


def delete_tax_id(call: Call) -> Json:
    tax_id = _own(call, "tax_id")
    call.world.store.remove("tax_id", tax_id["id"])
    call.world.emit("customer.tax_id.deleted", tax_id)
    return deleted(tax_id)


def list_methods(call: Call) -> Json:
    customer = call.world.find_customer(call.id)
    return call.page(call.world.store.rows("payment_method", customer=customer["id"], **call.wanted("type")))


def retrieve_method(call: Call) -> Json:
    return _own(call, "payment_method")


ENDPOINTS: dict[str, Endpoint] = {
    "POST /v1/customers": create,
    "GET /v1/customers": list_customers,
    "GET /v1/customers/search": search,
    "GET /v1/customers/{}": retrieve,
    "POST /v1/customers/{}": update,
    "DELETE /v1/customers/{}": delete,
    "POST /v1/customers/{}/tax_ids": create_tax_id,
    "GET /v1/customers/{}/tax_ids": list_tax_ids,
    "GET /v1/customers/{}/tax_ids/{}": retrieve_tax_id,
    "DELETE /v1/customers/{}/tax_ids/{}": delete_tax_id,
    "GET /v1/customers/{}/payment_methods": list_methods,
    "GET /v1/customers/{}/payment_methods/{}": retrieve_method,
}
