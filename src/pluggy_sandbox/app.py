"""The ASGI application: one world, its API behind the door, its pages and control plane beside it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from pluggy_sandbox import control, files, memory
from pluggy_sandbox.answers import error_answer, json_answer
from pluggy_sandbox.door import Door
from pluggy_sandbox.endpoints import (
    accounts,
    auth,
    bills,
    categories,
    connectors,
    consents,
    identity,
    investments,
    items,
    legacy,
    loans,
    merchants,
    resources,
    transactions,
    webhooks,
)
from pluggy_sandbox.errors import InternalServerError, NoSuchRoute, PluggyError
from pluggy_sandbox.pages.routes import routes as page_routes
from pluggy_sandbox.world import World

TICK_SECONDS = 0.05
_MODULES = (
    auth, connectors, items, resources, consents, accounts, transactions, bills, investments, identity, loans,
    categories, merchants, webhooks, legacy,
)  # fmt: skip


def create_app(world: World, memory_file: Path | None = None) -> Starlette:
    """The whole program around `world`; the lifespan runs its timers, and writes the world to `memory_file`."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_tick_forever(world))]
        if memory_file is not None:
            memory.recall(world, memory_file)
            tasks.append(asyncio.create_task(memory.keep_remembering(world, memory_file)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await world.sender.close()
            if memory_file is not None:
                memory.remember(world, memory_file)

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Door, world=world)],
        exception_handlers={PluggyError: _pluggy_error, HTTPException: _http_error, Exception: _crash},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.world = world
    return app


def _routes() -> list[BaseRoute]:
    api = [route for module in _MODULES for route in module.routes]
    return [*api, *control.routes, *files.routes, *page_routes]


async def _tick_forever(world: World) -> None:
    while True:
        world.tick()
        await asyncio.sleep(TICK_SECONDS)


async def _pluggy_error(_request: Request, error: Exception) -> Response:
    return error_answer(error if isinstance(error, PluggyError) else InternalServerError())


async def _http_error(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code != 404:
        return json_answer({"code": error.status_code, "message": error.detail}, error.status_code)
    return error_answer(NoSuchRoute(request.method, request.url.path))


async def _crash(_request: Request, _error: Exception) -> Response:
    return error_answer(InternalServerError())
