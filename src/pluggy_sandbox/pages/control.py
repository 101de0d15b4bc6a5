"""The control page: the simulator's clock, misfortunes and mail, for a person."""

from msgspec import inspect
from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.outcomes import MESSAGES
from pluggy_sandbox.pages.documents import top_level
from pluggy_sandbox.portfolio.mutations import KINDS
from pluggy_sandbox.switches import Switches
from pluggy_sandbox.validation import Reader
from pluggy_sandbox.world import World

_INPUTS = ((inspect.BoolType, "flag"), (inspect.ListType, "list"), (inspect.StrType, "text"))


async def control_page(_: Request) -> Response:
    """The page itself; it speaks to the JSON addresses below `/_control/`."""
    inputs = " ".join(f"{name}:{kind}" for name, kind in switch_inputs().items())
    return top_level("control", kinds=" ".join(KINDS), errors=" ".join(MESSAGES), inputs=inputs)


def switch_inputs() -> dict[str, str]:
    """What a person sets each switch with: flag, number, text or list, with a `?` when it may be off."""
    described = inspect.type_info(Switches)
    fields = described.fields if isinstance(described, inspect.StructType) else ()
    return {field.encode_name: _input_of(field.type) for field in fields}


def _input_of(kind: inspect.Type) -> str:
    if isinstance(kind, inspect.UnionType):
        (inner,) = (option for option in kind.types if not isinstance(option, inspect.NoneType))
        return f"{_input_of(inner)}?"
    return next((name for shape, name in _INPUTS if isinstance(kind, shape)), "number")


async def issue_connect_token(request: Request) -> Response:
    """Body {itemId?}; a connect token without any key, so that a person can try the Connect page."""
    world: World = request.app.state.world
    reader = Reader(await read_body(request))
    item_id = reader.optional_uuid("itemId")
    reader.finish()
    if item_id:
        world.get_item(item_id)
    return json_answer({"accessToken": world.issue_connect_token({}, item_id)}, 201)
