"""The API as a whole: its documents, and rules that hold for every route."""

import json
from pathlib import Path

from financehub.api.api import api
from financehub.api.shapes import FastJson

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
PUBLIC = {"health", "celery_health"}


def operations():
    return [
        operation
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    ]


def test_the_committed_openapi_is_current():
    hint = "run: financehub export_openapi_schema --api financehub.api.api.api --indent 2 --output docs/openapi.json"
    assert json.loads(COMMITTED.read_text()) == json.loads(
        FastJson().render(None, api.get_openapi_schema(), response_status=200)
    ), hint


def test_every_route_has_a_name_and_a_way_in_or_is_public_by_name():
    for operation in operations():
        assert operation.operation_id, operation.path
        assert operation.auth_callbacks or operation.operation_id in PUBLIC, operation.path


def test_every_address_is_in_the_documents():
    documented = {path.rstrip("/") for path in api.get_openapi_schema()["paths"]}
    assert {f"/api{operation.path}".rstrip("/") for operation in operations()} == documented


def test_every_documented_operation_has_a_name_of_its_own():
    names = [operation.operation_id for operation in operations() if operation.include_in_schema]
    assert len(names) == len(set(names))


def test_the_documents_open_without_the_internet(client):
    page = client.get("/api/docs")
    assert page.status_code == 200
    assert b"//cdn" not in page.content
    assert b"/static/ninja/swagger-ui-bundle.js" in page.content
    assert client.get("/api/openapi.json").status_code == 200
    assert client.get("/static/ninja/swagger-ui-bundle.js").status_code == 200
