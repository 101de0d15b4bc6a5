"""What every endpoint needs of a request: the world, the caller, and who may come in."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pluggy_sandbox.errors import Forbidden, NotFound
from pluggy_sandbox.ids import is_uuid
from pluggy_sandbox.items import Item
from pluggy_sandbox.tokens import Caller
from pluggy_sandbox.world import World

Endpoint = Callable[[Request], Awaitable[Response]]


def world_of(request: Request) -> World:
    world = request.app.state.world
    if not isinstance(world, World):
        raise TypeError("the application carries no World")
    return world


def caller_of(request: Request) -> Caller:
    caller = request.scope["caller"]
    if not isinstance(caller, Caller):
        raise TypeError("the door let somebody in without a caller")
    return caller


def route(method: str, path: str, endpoint: Endpoint) -> Route:
    """An endpoint for the application's API key only: a connect token gets 403."""

    async def guarded(request: Request) -> Response:
        if caller_of(request).session is not None:
            raise Forbidden
        return await endpoint(request)

    return Route(path, guarded, methods=[method])


def shared_route(method: str, path: str, endpoint: Endpoint) -> Route:
    """An endpoint that a connect token may also call; it checks the session itself."""
    return Route(path, endpoint, methods=[method])


def query_of(request: Request) -> Mapping[str, object]:
    return dict(request.query_params)


def path_id(request: Request, resource: str, name: str = "id") -> str:
    """A UUID of the path; anything else cannot exist, so it raises NotFound."""
    value = str(request.path_params[name])
    if not is_uuid(value):
        raise NotFound(resource)
    return value


def known_item(request: Request, item_id: str) -> Item | None:
    """The item named by a query; None when there is none, because lists of it are then empty."""
    return world_of(request).state.items.get(item_id)
