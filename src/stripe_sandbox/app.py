"""The ASGI application: one world, its API, its hosted pages and its control plane."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from stripe_sandbox import api, control
from stripe_sandbox.answers import error_answer
from stripe_sandbox.errors import NoSuchAddress, ServerTrouble, StripeError
from stripe_sandbox.pages.routes import routes as page_routes
from stripe_sandbox.world import World

TICK_SECONDS = 0.05
VERBS = ["GET", "POST", "DELETE", "PUT", "PATCH"]


def create_app(world: World) -> Starlette:
    """The whole program around `world`; the lifespan lets its time pass."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        ticking = asyncio.create_task(_tick_forever(world))
        try:
            yield
        finally:
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                await ticking
            await world.sender.close()

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
