"""`expand[]`: ids become the objects they name, and fields that come only when asked for come."""

from collections.abc import Callable
from typing import Any

from stripe_sandbox.errors import InvalidRequest
from stripe_sandbox.shapes import Json, page, rendered
from stripe_sandbox.store import Store

DEEPEST = 4


def expanded(store: Store, document: Json, paths: list[str]) -> Json:
    """A copy of `document` to send, with every path followed. Raises InvalidRequest for a wrong path."""
    listed = document.get("object") == "list"  # what was asked for as a list is not cut
    copy: Json = {**document, "data": rendered(document["data"])} if listed else rendered(document)
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST + (steps[0] == "data"):
            raise InvalidRequest("You cannot expand more than 4 levels of a property", param="expand")
        _follow(store, copy, steps, path)
    return copy


def _follow(store: Store, place: Any, steps: list[str], path: str) -> None:
    if isinstance(place, list):
        for entry in place:
            _follow(store, entry, steps, path)
        return
    if not isinstance(place, dict) or place.get("deleted"):
        return
    step, *rest = steps
    asked = ON_DEMAND.get((str(place.get("object")), step))
    if asked and not isinstance(place.get(step), dict | list):
        place[step] = rendered(asked(store, place))
    elif step not in place:
        raise InvalidRequest(f"This property cannot be expanded ({path}).", param="expand")
    place[step] = _opened(store, place[step])
    if rest:
        _follow(store, place[step], rest, path)


def _opened(store: Store, value: Any) -> Any:
    if isinstance(value, list):
        return [_opened(store, entry) for entry in value]
    found = store.anything(value) if isinstance(value, str) else None
    return rendered(found) if found else value


def _payments(store: Store, invoice: Json) -> Json:
    return page(store.rows("invoice_payment", invoice=invoice["id"]), "/v1/invoice_payments")


def _confirmation_secret(store: Store, invoice: Json) -> Json | None:
    for payment in store.rows("invoice_payment", invoice=invoice["id"]):
        intent = store.find("payment_intent", payment["payment"].get("payment_intent"))
        if intent:
            return {"client_secret": intent["client_secret"], "type": "payment_intent"}
    return None


def _subscriptions(store: Store, customer: Json) -> Json:
    live = [row for row in store.rows("subscription", customer=customer["id"]) if row["status"] != "canceled"]
    return page(live[::-1], f"/v1/customers/{customer['id']}/subscriptions")


def _tax_ids(store: Store, customer: Json) -> Json:
    rows = store.rows("tax_id", customer=customer["id"])
    return page(rows[::-1], f"/v1/customers/{customer['id']}/tax_ids")


def _line_items(store: Store, session: Json) -> Json:
    rows = store.note(session["id"]).get("line_items", [])
    return page(rows, f"/v1/checkout/sessions/{session['id']}/line_items")


def _refunds(store: Store, charge: Json) -> Json:
    rows = store.rows("refund", charge=charge["id"])
    return page(rows[::-1], f"/v1/charges/{charge['id']}/refunds")


ON_DEMAND: dict[tuple[str, str], Callable[[Store, Json], Json | None]] = {
    ("invoice", "payments"): _payments,
    ("invoice", "confirmation_secret"): _confirmation_secret,
    ("customer", "subscriptions"): _subscriptions,
    ("customer", "tax_ids"): _tax_ids,
    ("checkout.session", "line_items"): _line_items,
    ("charge", "refunds"): _refunds,
}
