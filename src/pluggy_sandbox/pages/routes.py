"""The addresses of the simulator's pages, to be included in its application."""

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pluggy_sandbox.pages.bank import answer_request, bank_page, read_request
from pluggy_sandbox.pages.connect import act_elsewhere, connect_page, connect_session
from pluggy_sandbox.pages.control import control_page, issue_connect_token
from pluggy_sandbox.pages.documents import STATIC

routes: list[BaseRoute] = [
    Route("/", connect_page),
    Route("/connect", connect_page),
    Route("/_connect/session", connect_session),
    Route("/_connect/items/{item_id}/act", act_elsewhere, methods=["POST"]),
    Route("/bank/authorize", bank_page),
    Route("/bank/consents/{item_id}", read_request),
    Route("/bank/consents/{item_id}", answer_request, methods=["POST"]),
    Route("/_control", control_page),
    Route("/_control/connect_token", issue_connect_token, methods=["POST"]),
    Mount("/_static", StaticFiles(directory=STATIC)),
]
