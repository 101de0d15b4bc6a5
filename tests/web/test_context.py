"""What every page knows: the company, the live address, the area in the menu."""

import os
import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
CURRENT = re.compile(r'<a href="([^"]+)" aria-current="page"')


class TestPage:
    @pytest.mark.parametrize(
        ("path", "area"),
        [
            ("/", "/"),
            ("/open-finance", "/open-finance"),
            ("/conectar", "/open-finance"),
            ("/contas/nova", "/open-finance"),
            ("/transacoes", "/transacoes"),
            ("/empresa/", "/empresa/"),
        ],
    )
    def test_marks_the_area_a_person_is_in(self, ana_browser: Client, path: str, area: str) -> None:
        assert CURRENT.findall(ana_browser.get(path).content.decode()) == [area]

    def test_names_the_company_and_the_live_address(self, ana_browser: Client, settings: Settings) -> None:
        settings.REALTIME_URL = "wss://live.example/ws"

        page = ana_browser.get("/").content.decode()

        assert '<span class="who-name">Padaria da Ana</span>' in page
        assert '<meta name="realtime-url" content="wss://live.example/ws">' in page

    def test_says_nothing_of_it_to_a_visitor(self, client: Client) -> None:
        assert "realtime-url" not in client.get("/conta/entrar/").content.decode()


class TestTheBanner:
    def test_says_that_redis_is_away(self, ana_browser: Client, settings: Settings, tmp_path: Path) -> None:
        settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
        assert "O Redis desta instalação não responde" in ana_browser.get("/").content.decode()

    def test_says_nothing_while_it_answers(self, ana_browser: Client, settings: Settings) -> None:
        settings.REDIS_URL = os.environ["REDIS_URL"]
        assert "não responde" not in ana_browser.get("/").content.decode()
