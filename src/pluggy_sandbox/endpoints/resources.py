"""What Open Finance lists of an item: its resources and its SCR report."""

import random
import re
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox import errors, reads
from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.clock import BRAZIL, stamp
from pluggy_sandbox.credentials import read_login
from pluggy_sandbox.endpoints.calls import path_id, query_of, route, world_of
from pluggy_sandbox.items import Item
from pluggy_sandbox.pagination import cut
from pluggy_sandbox.shapes import Json
from pluggy_sandbox.validation import Reader

STATUSES = ("AVAILABLE", "UNAVAILABLE", "TEMPORARILY_UNAVAILABLE", "PENDING_AUTHORISATION")
MAX_BASE_DATES = 60
_MONTH = re.compile(r"\d{4}(0[1-9]|1[0-2])")
_INVESTMENT_TYPES = {"EQUITY": "VARIABLE_INCOME", "ETF": "VARIABLE_INCOME", "MUTUAL_FUND": "FUND"}


async def list_resources(request: Request) -> Response:
    item = world_of(request).get_item(path_id(request, "item"))
    reader = Reader(query_of(request))
    page, size = reader.page()
    status = reader.one_of("status", STATUSES)
    reader.finish()
    rows = _resources(item) if item.is_open_finance and item.resources_collected_at else []
    return json_answer(cut([row for row in rows if status in (None, row["status"])], page, size))


def _resources(item: Item) -> list[Json]:
    kinds = [
        ("CREDIT_CARD_ACCOUNT" if row["type"] == "CREDIT" else "ACCOUNT", row)
        for row in reads.accounts_of(item)
    ]
    kinds += [("LOAN", row) for row in reads.loans_of(item)]
    kinds += [
        (_INVESTMENT_TYPES.get(str(row["type"]), "BANK_FIXED_INCOME"), row)
        for row in reads.investments_of(item)
    ]
    return [{"resourceId": row["id"], "type": kind, "status": "AVAILABLE"} for kind, row in kinds]


async def get_scr(request: Request) -> Response:
    world = world_of(request)
    item = world.get_item(path_id(request, "item"))
    if not world.state.switches.scr:
        raise errors.FeatureNotEnabled
    if not item.is_open_finance:
        raise errors.ScrInvalidRequest("SCR is only available for Open Finance items")
    months = _window(request, world.now())
    document = read_login(item.connector, item.parameters).document
    if not document:
        raise errors.DocumentNotEligible
    return json_answer(
        {
            "dtbConsult": stamp(world.now())[:10],
            "cdCli": document,
            "tpCli": "2" if len(document) == 14 else "1",
            "lsDtb": [_base_date(item.id, month) for month in months],
            "listaDeMensagensDeValidacao": [],
        }
    )


def _window(request: Request, now: datetime) -> list[int]:
    """The base dates asked for, as YYYYMM numbers; raises ScrInvalidRequest."""
    query = query_of(request)
    local = now.astimezone(BRAZIL)
    last = _month_index(query.get("to")) if query.get("to") else local.year * 12 + local.month - 1 - 2
    first = _month_index(query.get("from")) if query.get("from") else last - 3
    if first > last or last - first + 1 > MAX_BASE_DATES:
        raise errors.ScrInvalidRequest("from and to must span between 1 and 60 base dates")
    return [index // 12 * 100 + index % 12 + 1 for index in range(first, last + 1)]


def _month_index(value: object) -> int:
    text = str(value)
    if not _MONTH.fullmatch(text):
        raise errors.ScrInvalidRequest("from and to must have the format YYYYMM")
    return int(text[:4]) * 12 + int(text[4:]) - 1


def _base_date(item_id: str, month: int) -> Json:
    dice = random.Random(f"scr:{item_id}:{month}")
    balances = {f"v{vertex}": dice.randrange(100, 250_000) / 100 for vertex in (110, 120, 130)}
    operation = {
        "mod": "0203",
        "oriRec": "0199",
        "indx": "11",
        "varCamb": "790",
        "subJDisc": "N",
        "resVenc": balances,
        "lsGar": [],
        "lsInfAd": [],
    }
    return {
        "dtb": month,
        "docProc": "100",
        "volProc": "100",
        "qtdIfs": dice.randrange(1, 6),
        "qtdCongFinc": 1,
        "dtbIniRel": "202001",
        "coobAss": 0,
        "coobRec": 0,
        "lsOp": [operation],
    }


routes = [
    route("GET", "/items/{id}/resources", list_resources),
    route("GET", "/items/{id}/scr", get_scr),
]
