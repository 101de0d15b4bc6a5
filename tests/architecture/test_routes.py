"""Every way into the API is named, guarded or public on purpose, and in the committed document."""

import json
from collections import Counter
from collections.abc import Iterator

from ninja.operation import Operation
from tests.architecture.sources import ROOT

from financehub.api.api import api

DOCUMENT = ROOT / "docs/openapi.json"
PUBLIC = {"health", "celery_health"}


def operations() -> Iterator[Operation]:
    for _prefix, router in api._routers:
        for view in router.path_operations.values():
            yield from view.operations


def documented() -> dict[str, str]:
    """Operation ids of the committed document, with the address of each."""
    paths = json.loads(DOCUMENT.read_text())["paths"]
    return {
        operation["operationId"]: f"{method.upper()} {address}"
        for address, methods in paths.items()
        for method, operation in methods.items()
    }


def test_every_route_has_a_name_of_its_own() -> None:
    names = Counter(operation.operation_id for operation in operations() if operation.include_in_schema)
    assert None not in names
    assert [name for name, count in names.items() if count > 1] == []


def test_every_route_asks_who_it_is_or_is_public_on_purpose() -> None:
    open_ones = {operation.operation_id for operation in operations() if not operation.auth_callbacks}
    assert open_ones == PUBLIC


def test_every_route_is_in_the_committed_document() -> None:
    shown = {str(operation.operation_id) for operation in operations() if operation.include_in_schema}
    assert shown == set(documented())
