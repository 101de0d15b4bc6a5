"""The control page: the simulator's clock, misfortunes and mail, for a person."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.pages.documents import top_level
from pluggy_sandbox.portfolio.mutations import KINDS
from pluggy_sandbox.validation import Reader
from pluggy_sandbox.world import World


async def control_page(_: Request) -> Response:
    """The page itself; it speaks to the JSON addresses below `/_control/`."""
    return top_level("control", kinds=" ".join(KINDS))


async def issue_connect_token(request: Request) -> Response:
    """Body {itemId?}; a connect token without any key, so that a person can try the Connect page."""
    world: World = request.app.state.world
    reader = Reader(await read_body(request))
    item_id = reader.optional_uuid("itemId")
    reader.finish()
    if item_id:
        world.get_item(item_id)
    return json_answer({"accessToken": world.issue_connect_token({}, item_id)}, 201)
