"""The ASGI application: one world, its API, its hosted pages and its control plane."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from stripe_sandbox import api, control, memory
from stripe_sandbox.answers import error_answer
from stripe_sandbox.errors import NoSuchAddress, ServerTrouble, StripeError
from stripe_sandbox.pages.routes import routes as page_routes
from stripe_sandbox.world import World

TICK_SECONDS = 0.05
VERBS = ["GET", "POST", "DELETE", "PUT", "PATCH"]


def create_app(world: World, memory_file: Path | None = None) -> Starlette:
    """The whole program around `world`; the lifespan lets its time pass, and writes the world to `memory_file`."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        tasks = []
        if memory_file is not None:
            tasks.append(asyncio.create_task(memory.keep_remembering(world, memory_file)))
        tasks.append(asyncio.create_task(_tick_forever(world)))
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
        exception_handlers={StripeError: _stripe_error, HTTPException: _http_error, Exception: _crash},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    app.state.world = world
    return app


def _routes() -> list[BaseRoute]:
    return [Route("/v1/{rest:path}", api.answer, methods=VERBS), *control.routes, *page_routes]


async def _tick_forever(world: World) -> None:
    while True:
        world.tick()
        await asyncio.sleep(TICK_SECONDS)


async def _stripe_error(_request: Request, error: Exception) -> Response:
    return error_answer(error if isinstance(error, StripeError) else ServerTrouble())


async def _http_error(request: Request, _error: Exception) -> Response:
    return error_answer(NoSuchAddress(request.method, request.url.path))


async def _crash(_request: Request, _error: Exception) -> Response:
    return error_answer(ServerTrouble())
