"""Reads that left the vendor's specification: they exist and hold nothing."""

from starlette.requests import Request
from starlette.responses import Response

from pluggy_sandbox.answers import json_answer
from pluggy_sandbox.endpoints.calls import query_of, route
from pluggy_sandbox.pagination import single_page
from pluggy_sandbox.validation import Reader

LISTS = (
    "/acquirer-sales",
    "/acquirer-receivables",
    "/acquirer-anticipations",
    "/income-reports",
    "/payroll-loans",
    "/benefits",
)


async def empty_list(request: Request) -> Response:
    reader = Reader(query_of(request))
    reader.uuid("itemId")
    reader.finish()
    return json_answer(single_page([]))


routes = [route("GET", path, empty_list) for path in LISTS]
