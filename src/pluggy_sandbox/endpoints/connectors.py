"""GET /connectors, GET /connectors/{id}, POST /connectors/{id}/validate."""

import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.endpoints.calls import query_of, route, world_of
from pluggy_sandbox.errors import NotFound
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.shapes import Json, as_object
from pluggy_sandbox.validation import Reader

_DIGITS = re.compile(r"[0-9]{1,9}")
FLAGS = ("isOpenFinance", "supportsPaymentInitiation", "supportsSmartTransfers", "supportsAutomaticPix")


async def list_connectors(request: Request) -> Response:
    query, params = query_of(request), request.query_params
    reader = Reader(query)
    sandbox, details = reader.flag("sandbox"), reader.flag("healthDetails")
    flags = {name: flag for name in FLAGS if (flag := reader.flag(name)) is not None}
    reader.finish()
    rows = [
        row
        for row in world_of(request).list_connectors(include_sandbox=bool(sandbox))
        if _matches(row, query, flags)
        and _within(row["country"], _listed(params.getlist("countries")))
        and _within(row["type"], _listed(params.getlist("types")))
    ]
    return json_answer(single_page([_shown(row, details=bool(details)) for row in rows]))


def _listed(values: list[str]) -> set[str]:
    """`a,b`, `a&b` repeated, or both."""
    return {word for value in values for word in value.split(",") if word}


def _within(value: object, wanted: set[str]) -> bool:
    return not wanted or value in wanted


def _matches(row: Json, query: Mapping[str, object], flags: dict[str, bool]) -> bool:
    name = str(query.get("name") or "").lower()
    return name in str(row["name"]).lower() and all(
        bool(row.get(key)) == value for key, value in flags.items()
    )


def _shown(row: Json, *, details: bool) -> Json:
    """The connector; numbers of the last six hours only on request."""
    if not details:
        return row
    rate = 0 if as_object(row.get("health")).get("status") == "OFFLINE" else 0.97
    health = {
        **as_object(row.get("health")),
        "details": {"connectionRateLast6Hours": rate, "connectionsLast6Hours": 120},
    }
    return {**row, "health": health}


async def get_connector(request: Request) -> Response:
    reader = Reader(query_of(request))
    details = reader.flag("healthDetails")
    reader.finish()
    row = world_of(request).find_connector(_connector_id(request))
    return json_answer(_shown(row, details=bool(details)))


async def validate(request: Request) -> Response:
    world, connector_id = world_of(request), _connector_id(request)
    world.find_connector(connector_id)
    body = await read_body(request)
    parameters = {key: str(value) for key, value in body.items() if isinstance(value, str | int)}
    return json_answer(
        {"parameters": parameters, "errors": world.credential_problems(connector_id, parameters)}
    )


def _connector_id(request: Request) -> int:
    text = str(request.path_params["id"])
    if not _DIGITS.fullmatch(text):
        raise NotFound("connector")
    return int(text)


routes = [
    route("GET", "/connectors", list_connectors),
    route("GET", "/connectors/{id}", get_connector),
    route("POST", "/connectors/{id}/validate", validate),
]
