"""The page of one's own name."""

import pytest
from django.test import Client
from tests.web.reading import text_of

from financehub.companies.models import User

pytestmark = pytest.mark.django_db


def test_shows_the_name_and_changes_it(ana_browser: Client, ana: User) -> None:
    assert f'value="{ana.name}"' in ana_browser.get("/conta/nome/").content.decode()
    page = ana_browser.post("/conta/nome/", {"name": "Ana Maria"}, follow=True)
    assert "Salvo." in text_of(page)
    ana.refresh_from_db()
    assert ana.name == "Ana Maria"


def test_an_empty_name_changes_nothing(ana_browser: Client, ana: User) -> None:
    before = ana.name
    ana_browser.post("/conta/nome/", {"name": " "}, follow=True)
    ana.refresh_from_db()
    assert ana.name == before


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/conta/nome/").status_code == 302
