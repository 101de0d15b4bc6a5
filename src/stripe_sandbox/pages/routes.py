"""The addresses of the hosted pages, to be included in the application."""

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from stripe_sandbox.pages import checkout, home, invoice, portal, secure
from stripe_sandbox.pages.html import STATIC

PORTAL = "/p/session/{id}/{secret}"
INVOICE = "/i/{id}/{secret}"

routes: list[BaseRoute] = [
    Route("/", home.show),
    Route("/", home.advance, methods=["POST"]),
    Route("/pay/{id}", checkout.show),
    Route("/pay/{id}", checkout.submit, methods=["POST"]),
    Route("/3ds/{id}", secure.ask),
    Route("/3ds/{id}", secure.answer, methods=["POST"]),
    Route("/boleto/{id}", secure.show_boleto),
    Route("/boleto/{id}", secure.play_bank, methods=["POST"]),
    Route("/boleto/{id}/pdf", secure.boleto_pdf),
    Route(INVOICE, invoice.show),
    Route(INVOICE, invoice.submit, methods=["POST"]),
    Route(f"{INVOICE}/pdf", invoice.pdf),
    Route(PORTAL, portal.show_home),
    Route(f"{PORTAL}/card", portal.show_card),
    Route(f"{PORTAL}/card", portal.change_card, methods=["POST"]),
    Route(f"{PORTAL}/plan", portal.show_plans),
    Route(f"{PORTAL}/plan", portal.change_plan, methods=["POST"]),
    Route(f"{PORTAL}/cancel", portal.show_cancel),
    Route(f"{PORTAL}/cancel", portal.cancel, methods=["POST"]),
    Route(f"{PORTAL}/keep", portal.keep, methods=["POST"]),
    Mount("/_static", StaticFiles(directory=STATIC)),
]
