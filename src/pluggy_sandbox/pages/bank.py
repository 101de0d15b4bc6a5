"""The mock bank where a person confirms an Open Finance request: look, sign in, say yes or no."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import statuses
from pluggy_sandbox.answers import json_answer, read_body
from pluggy_sandbox.clock import optional_stamp
from pluggy_sandbox.consents import expiry
from pluggy_sandbox.items import Item
from pluggy_sandbox.pages.documents import top_level
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.world import World

EMAIL, PASSWORD = "ralph.bragg@gmail.com", "P@ssword01"  # the public mock-bank user of Open Finance Brasil
STANDINGS = {
    statuses.USER_AUTHORIZATION_PENDING: "pending",
    statuses.USER_AUTHORIZATION_NOT_GRANTED: "rejected",
}


async def bank_page(_: Request) -> Response:
    return top_level("bank")


async def read_request(request: Request) -> Response:
    """What the person is asked to share, and how the question stands."""
    world: World = request.app.state.world
    return json_answer(_request_for(world, world.get_item(request.path_params["item_id"])))


async def answer_request(request: Request) -> Response:
    """Body {email, password, decision: approve | reject}; answers {taken}, false when nobody was asked."""
    world: World = request.app.state.world
    item = world.get_item(request.path_params["item_id"])
    body = await read_body(request)
    if (body.get("email"), body.get("password")) != (EMAIL, PASSWORD):
        return json_answer({"code": 401, "message": "Invalid e-mail or password"}, 401)
    decide = world.approve_user_action if body.get("decision") == "approve" else world.reject_user_action
    return json_answer({"taken": decide(item.id)})


def _request_for(world: World, item: Item) -> Json:
    return {
        "connector": {"name": item.connector["name"], "primaryColor": item.connector.get("primaryColor")},
        "state": _standing(item),
        "products": item.products,
        "document": masked(item.parameters.get("cpf") or item.parameters.get("cnpj") or ""),
        "expiresAt": optional_stamp(expiry(world.now(), world.state.switches.consent_months)),
        "redirectUri": _safe(world.return_url(item.id)),
    }


def _standing(item: Item) -> str:
    if item.status == statuses.WAITING_USER_ACTION:
        return "asked"
    return STANDINGS.get(item.execution_status, "gone")


def _safe(uri: str | None) -> str | None:
    """A script is never a link; deep links of phone applications are fine."""
    return None if uri and uri.strip().lower().startswith(("javascript:", "data:")) else uri


def masked(document: str) -> str:
    """The middle of a CPF or CNPJ, the rest starred out; empty for anything else."""
    digits = "".join(character for character in document if character.isdigit())
    if len(digits) == 11:
        return f"***.{digits[3:6]}.{digits[6:9]}-**"
    if len(digits) == 14:
        return f"**.{digits[2:5]}.{digits[5:8]}/****-**"
    return ""
