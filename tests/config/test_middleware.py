"""The API and the webhook doors are spared the work that only pages need."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.deprecation import MiddlewareMixin
from django.utils.module_loading import import_string

from financehub.config.middleware import PagesOnly


class Stamp(MiddlewareMixin):
    """Leaves a mark on every request it sees."""

    def process_request(self, request: HttpRequest) -> None:
        request.META["stamped"] = True

    def process_view(self, request: HttpRequest, *_rest: object) -> HttpResponse:
        return HttpResponse("from the hook")


def stamped(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.META.get("stamped", False)))


@pytest.mark.parametrize(
    ("address", "seen"),
    [("/", "True"), ("/empresa/", "True"), ("/api/pluggy/items", "False"), ("/apis", "True")],
)
def test_only_pages_pass_through_the_wrapped_middleware(address: str, seen: str) -> None:
    answer = PagesOnly(Stamp)(stamped)(RequestFactory().get(address))
    assert answer.content.decode() == seen  # type: ignore[attr-defined]


def test_the_view_hook_is_for_pages_too() -> None:
    link = PagesOnly(Stamp)(stamped)
    page = link.process_view(RequestFactory().get("/"), stamped, (), {})
    api = link.process_view(RequestFactory().get("/api/x"), stamped, (), {})
    assert isinstance(page, HttpResponse)
    assert api is None


@pytest.mark.parametrize("path", [entry for entry in settings.MIDDLEWARE if "config.middleware" in entry])
def test_every_wrapped_entry_of_the_settings_can_be_built(path: str) -> None:
    answer = import_string(path)(stamped)(RequestFactory().get("/api/x"))
    assert answer.content == b"False"
