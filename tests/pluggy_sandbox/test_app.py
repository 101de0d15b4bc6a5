"""The application as a whole: unknown addresses, wrong verbs, its own timers."""

import asyncio

from tests.pluggy_sandbox.box import NOON, Box

from pluggy_sandbox.app import create_app
from pluggy_sandbox.clock import Clock
from pluggy_sandbox.world import World


def test_an_unknown_address_is_answered_in_json(box: Box) -> None:
    assert box.get("/nowhere").json() == {"code": 404, "message": "Cannot GET /nowhere"}
    assert box.get("/items/x/y").status_code == 404


def test_a_wrong_verb_is_405(box: Box) -> None:
    assert box.call("PUT", "/webhooks").json() == {"code": 405, "message": "Method Not Allowed"}


def test_a_trailing_slash_is_another_address(box: Box) -> None:
    assert box.get("/webhooks/").status_code == 404


def test_the_lifespan_fires_timers_by_itself() -> None:
    fired = []

    async def live() -> None:
        world = World(clock=Clock(NOON))
        app = create_app(world)
        async with app.router.lifespan_context(app):
            world.state.after(0, lambda: fired.append(1))
            await asyncio.wait_for(_until(lambda: fired), 5)

    async def _until(condition) -> None:
        while not condition():
            await asyncio.sleep(0.01)

    asyncio.run(live())
    assert fired == [1]
