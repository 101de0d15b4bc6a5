"""One API call as an endpoint sees it: checked parameters, the ids of its path, and how to answer a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from stripe_sandbox.listing import listed
from stripe_sandbox.shapes import Json
from stripe_sandbox.world import World


@dataclass(frozen=True)
class Call:
    """What was asked. `path` is as sent; `ids` are the pieces that name objects."""

    world: World
    params: Json
    ids: tuple[str, ...] = ()
    path: str = ""

    @property
    def id(self) -> str:
        return self.ids[0]

    def wanted(self, *names: str) -> Json:
        """The filters among the parameters that were given."""
        return {name: self.params[name] for name in names if self.params.get(name) is not None}

    def page(self, rows: list[Json]) -> Json:
        return listed(rows, self.params, self.path)


Endpoint: TypeAlias = Callable[[Call], Json]


def reads(kind: str) -> Endpoint:
    """GET of one object."""

    def retrieve(call: Call) -> Json:
        return call.world.store.get(kind, call.id)

    return retrieve


def lists(kind: str, *filters: str) -> Endpoint:
    """GET of a list whose filters are fields of the same name."""

    def list_rows(call: Call) -> Json:
        return call.page(call.world.store.rows(kind, **call.wanted(*filters)))

    return list_rows


def merged_metadata(document: Json, params: Json) -> Json:
    """`metadata` parameters onto an object's: an empty text removes a key, unset removes all."""
    if "metadata" not in params:
        return {}
    if params["metadata"] is None:
        return {"metadata": {}}
    both = {**(document["metadata"] or {}), **params["metadata"]}
    return {"metadata": {key: value for key, value in both.items() if value != ""}}


def updates(kind: str, event: str | None, *fields: str) -> Endpoint:
    """POST to one object that sets plain fields and metadata."""

    def update(call: Call) -> Json:
        document = call.world.store.get(kind, call.id)
        changes = {name: call.params[name] for name in fields if name in call.params}
        call.world.change(document, event, **changes, **merged_metadata(document, call.params))
        return document

    return update


def deleted(document: Json) -> Json:
    return {"id": document["id"], "object": document["object"], "deleted": True}
