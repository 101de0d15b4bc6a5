"""The addresses of the hosted pages, to be included in the application."""

from starlette.routing import BaseRoute

routes: list[BaseRoute] = []
