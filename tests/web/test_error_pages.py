"""What a person sees where there is nothing, or nothing for them."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from tests.builders import make_account

from financehub.companies.models import Company

pytestmark = pytest.mark.django_db


class TestErrorPages:
    def test_says_that_there_is_nothing(self, ana_browser: Client) -> None:
        answer = ana_browser.get("/nada")

        assert answer.status_code == 404
        assert "Não encontramos esta página" in answer.content.decode()

    def test_says_the_same_of_what_belongs_to_others(self, ana_browser: Client) -> None:
        answer = ana_browser.get(f"/contas/{make_account().pk}")

        assert answer.status_code == 404
        assert "Não encontramos esta página" in answer.content.decode()

    def test_says_that_a_role_does_not_allow_it(self, bruno_browser: Client, bakery: Company) -> None:
        answer = bruno_browser.get("/contas/nova")

        assert answer.status_code == 403
        assert "Seu papel não permite isso" in answer.content.decode()

    def test_needs_nothing_to_say_that_something_broke(self) -> None:
        page = render_to_string("500.html")

        assert "Algo deu errado aqui" in page
        assert "style=" not in page
