"""Portuguese unless a person chose otherwise."""

import re
from datetime import datetime
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format

from financehub.companies.models import User
from financehub.core import clock

WEB = Path("src/financehub/web")
CATALOGUE = WEB / "locale/en/LC_MESSAGES/django.mo"
TRANSLATED = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")


@pytest.mark.django_db
class TestChosenLanguage:
    def test_is_portuguese_whatever_the_browser_prefers(self, client: Client) -> None:
        answer = client.get("/conta/entrar/", headers={"Accept-Language": "en-US,en"})

        assert answer["Content-Language"] == "pt-br"
        assert '<html lang="pt-br">' in answer.content.decode()

    def test_is_english_after_the_switch(self, client: Client) -> None:
        client.post("/idioma/", {"language": "en", "next": "/conta/entrar/"})

        assert '<html lang="en">' in client.get("/conta/entrar/").content.decode()

    def test_ignores_a_cookie_with_a_language_it_does_not_speak(self, client: Client) -> None:
        client.cookies["django_language"] = "xx"

        assert client.get("/conta/entrar/")["Content-Language"] == "pt-br"


@pytest.mark.django_db
class TestSetLanguage:
    def test_goes_back_and_keeps_the_choice_with_the_person(self, ana_browser: Client, ana: User) -> None:
        answer = ana_browser.post("/idioma/", {"language": "en", "next": "/transacoes?busca=x"})

        ana.refresh_from_db()
        assert answer["Location"] == "/transacoes?busca=x"
        assert ana.language == "en"

    @pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_never_leaves_this_site(self, client: Client, target: str) -> None:
        assert client.post("/idioma/", {"language": "en", "next": target})["Location"] == "/"

    def test_changes_nothing_for_a_language_it_does_not_speak(self, ana_browser: Client, ana: User) -> None:
        answer = ana_browser.post("/idioma/", {"language": "xx", "next": "/"})

        ana.refresh_from_db()
        assert "django_language" not in answer.cookies
        assert ana.language == "pt-br"


class TestCatalogue:
    def test_has_an_english_sentence_for_every_portuguese_one(self) -> None:
        with CATALOGUE.open("rb") as file:
            english = GNUTranslations(file)
        sentences = {
            first or second
            for template in (WEB / "templates").rglob("*.html")
            for first, second in TRANSLATED.findall(template.read_text(encoding="utf-8"))
        }

        assert len(sentences) > 150
        same = {"Total", "manual", "E-mail"}  # words that are the same in both languages
        missing = {text for text in sentences if english.gettext(text) == text} - same
        assert missing == set()


def test_english_writes_the_day_first_and_24_hours() -> None:
    moment = datetime(2026, 11, 26, 17, 5, tzinfo=clock.SAO_PAULO)
    with translation.override("en"):
        assert date_format(moment, "SHORT_DATETIME_FORMAT") == "26/11/2026 17:05"
        assert date_format(moment.date(), "SHORT_DATE_FORMAT") == "26/11/2026"
