"""The API and the webhook doors are spared the work that only pages need."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.deprecation import MiddlewareMixin
from django.utils.module_loading import import_string

from financehub.companies.models import User
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


@pytest.mark.django_db
class TestNul:
    """No text of PostgreSQL holds one, so none gets as far as a query."""

    @pytest.mark.parametrize(
        "address",
        [
            "/operacao/eventos?busca=%00",
            "/operacao/eventos?situacao=%00",
            "/operacao/assinaturas?busca=%00",
            "/operacao/cobrancas?situacao=%00",
            "/transacoes?q=%00",
            "/api/webhook-events/?search=%00",
            "/api/pluggy/items/%00/accounts",
        ],
    )
    def test_in_an_address_is_refused(self, ana: User, ana_browser: Client, address: str) -> None:
        User.objects.filter(pk=ana.pk).update(is_staff=True)
        answer = ana_browser.get(address)
        assert answer.status_code == 400
        if address.startswith("/api/"):
            assert answer.json()["error"]["code"] == "invalid_request"

    def test_in_a_form_is_refused(self, ana_browser: Client) -> None:
        assert ana_browser.post("/operacao/eventos/rodar", {"busca": "a\x00"}).status_code == 400

    def test_in_what_a_program_sends_is_refused_by_its_field(self, ana_browser: Client) -> None:
        answer = ana_browser.post(
            "/api/webhook-retries/", '{"search": "a\\u0000"}', content_type="application/json"
        )
        assert answer.status_code == 422
        assert answer.json()["error"]["details"]["fields"][0]["at"][-1] == "search"
