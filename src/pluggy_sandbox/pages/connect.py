"""The Connect page: one document, and the few private answers it needs beside the public API."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.clock import stamp
from pluggy_sandbox.errors import Forbidden
from pluggy_sandbox.pages.documents import embeddable
from pluggy_sandbox.world import World


async def connect_page(_: Request) -> Response:
    """The page itself; whether it runs in the widget or alone is for its script to see."""
    return embeddable("connect")


async def connect_session(request: Request) -> Response:
    """{now, connectors}: the simulator's time and the institutions this connect token may list."""
    world: World = request.app.state.world
    world.open_session(request.headers.get("x-api-key"))
    with_sandbox = request.query_params.get("sandbox") == "true"
    return json_answer(
        {"now": stamp(world.now()), "connectors": world.list_connectors(include_sandbox=with_sandbox)}
    )


async def act_elsewhere(request: Request) -> Response:
    """Plays the person who scans the code or approves on a trusted device."""
    world: World = request.app.state.world
    item_id = request.path_params["item_id"]
    if world.open_session(request.headers.get("x-api-key")).item_id != item_id:
        raise Forbidden
    return json_answer({"approved": world.approve_user_action(item_id)})
