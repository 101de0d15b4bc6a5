"""What a page may load."""

import pytest
from django.test import Client
from pytest_django import Settings

from financehub.web import csp

pytestmark = pytest.mark.django_db

STRICT = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' wss://live.example; frame-src 'none'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.REALTIME_URL = "wss://live.example/ws"
    settings.PLUGGY_CONNECT_URL = "https://connect.example/some/path"
    settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "x"


class TestPolicy:
    @pytest.mark.parametrize("path", ["/", "/open-finance", "/transacoes", "/contas/nova"])
    def test_is_strict_on_every_page(self, ana_browser: Client, path: str) -> None:
        assert ana_browser.get(path)["Content-Security-Policy"] == STRICT

    def test_allows_the_widget_its_frame_and_its_styles_on_connect_alone(self, ana_browser: Client) -> None:
        given = ana_browser.get("/conectar")["Content-Security-Policy"]

        assert given == STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'").replace(
            "frame-src 'none'", "frame-src https://connect.example"
        )

    def test_names_an_origin_without_its_path(self) -> None:
        assert csp.origin("ws://127.0.0.1:8001/ws?x=1") == "ws://127.0.0.1:8001"


class TestPages:
    @pytest.mark.parametrize("path", ["/", "/open-finance", "/transacoes", "/contas/nova", "/conectar"])
    def test_hold_no_inline_script_or_style(self, ana_browser: Client, path: str) -> None:
        page = ana_browser.get(path).content.decode()

        assert "style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page
        assert "<script>" not in page
        assert "https://" not in page.replace("https://connect.example", "")
