"""GET /merchants: companies by CNPJ, known when some transaction of this world names them."""

import re

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import route, world_of
from pluggy_sandbox.errors import Malformed
from pluggy_sandbox.portfolio import wire
from pluggy_sandbox.shapes import Json, as_object
from pluggy_sandbox.state import State

_WEIGHTS = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


async def find_merchants(request: Request) -> Response:
    asked = [text for value in request.query_params.getlist("cnpjs") for text in value.split(",") if text]
    if not asked:
        raise Malformed("cnpjs should not be empty")
    found: list[Json] = []
    missing: list[str] = []
    invalid = [text for text in asked if not is_cnpj(text)]
    for text in asked:
        if text in invalid:
            continue
        merchant = _merchant(world_of(request).state, re.sub(r"\D", "", text))
        if merchant:
            found.append(merchant)
        else:
            missing.append(text)
    return json_answer({"foundMerchants": found, "notFoundMerchants": missing, "invalidCnpjs": invalid})


def is_cnpj(text: str) -> bool:
    """Fourteen digits, punctuated or not, with right check digits."""
    digits = re.sub(r"[./-]", "", text)
    if not re.fullmatch(r"\d{14}", digits) or len(set(digits)) == 1:
        return False
    return all(_check_digit(digits[:length]) == digits[length] for length in (12, 13))


def _check_digit(digits: str) -> str:
    weights = _WEIGHTS[-len(digits) :]
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return "0" if rest < 2 else str(11 - rest)


def _merchant(state: State, cnpj: str) -> Json | None:
    needle = f'"cnpj":"{cnpj}"'.encode()
    for ledger in reads.ledgers(state):
        for row in ledger.newest():
            if needle in row.body:
                return as_object(wire.decode(row.body).get("merchant"))
    return None


routes = [route("GET", "/merchants", find_merchants)]
