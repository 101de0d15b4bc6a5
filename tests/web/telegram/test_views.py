"""Conta, Telegram: a fresh link for oneself only, chats that are one's own."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings
from tests.builders import make_connector
from tests.people import signed_in
from tests.telegram_stand_in import USERNAME, StandIn
from tests.telegram_world import ANA, link, telegram

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import preparing
from financehub.banking.models import ConnectAttempt
from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.notifications import linking
from financehub.notifications.models import TelegramChat

__all__ = ["telegram"]
pytestmark = pytest.mark.django_db
CPF = "76109277673"


class TestThePage:
    def test_gives_a_link_that_works_once(self, telegram: StandIn, ana: User, ana_browser: Client) -> None:
        page = ana_browser.post(reverse("telegram-link")).content.decode()
        found = re.search(rf"https://t\.me/{USERNAME}\?start=([\w-]{{10,64}})", page)
        assert found is not None
        assert "data:image/svg+xml;base64," in page
        by = Actor("user", ana.pk)
        chat = linking.redeem(found[1], chat_id=ANA, by=by)
        assert chat.person == ana
        with pytest.raises(linking.LinkClosed):
            linking.redeem(found[1], chat_id=ANA + 1, by=by)

    def test_shows_and_parts_only_ones_own_chats(
        self, telegram: StandIn, ana: User, bruno: User, ana_browser: Client, bruno_browser: Client
    ) -> None:
        chat = link(telegram, ana, ANA).chat
        address = reverse("telegram-unlink", args=[chat.pk])
        assert address in ana_browser.get("/conta/telegram").content.decode()
        assert address not in bruno_browser.get("/conta/telegram").content.decode()
        assert bruno_browser.post(address).status_code == 404
        assert ana_browser.post(address).status_code == 302
        assert not TelegramChat.objects.exists()
        assert AuditLog.objects.filter(action="person.telegram_unlinked", actor_id=ana.pk).count() == 1

    def test_says_when_there_is_no_bot(self, ana_browser: Client, settings: Settings) -> None:
        settings.TELEGRAM_BOT_TOKEN = ""
        page = ana_browser.get("/conta/telegram").content.decode()
        assert "token do bot" in page
        assert reverse("telegram-link") not in page
        assert ana_browser.post(reverse("telegram-link")).status_code == 302

    def test_says_when_telegram_is_away(self, telegram: StandIn, ana_browser: Client) -> None:
        for _ in range(3):
            telegram.fails("getMe", 401, "Unauthorized")
        page = ana_browser.post(reverse("telegram-link"), follow=True).content.decode()
        assert "t.me/" not in page
        assert "O Telegram não respondeu agora" in page

    def test_speaks_english(self, telegram: StandIn, ana_browser: Client, settings: Settings) -> None:
        ana_browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = ana_browser.post(reverse("telegram-link")).content.decode()
        assert "Open it in your Telegram" in page
        assert "for 10 minutes" in page


class TestGoingOnFromAChat:
    @pytest.fixture
    def address(self, bakery: Company, ana: User) -> str:
        connector = make_connector(id=601, name="Itau", is_open_finance=True, is_sandbox=False)
        token = preparing.prepare_connection(
            company=bakery, user=ana, connector=connector, document=CPF, by=Actor("user", ana.pk)
        )
        return reverse("connect-carry-on", args=[token])

    def test_the_person_goes_on_with_the_bank_and_document_chosen(
        self, address: str, ana_browser: Client, bakery: Company, settings: Settings
    ) -> None:
        settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "x"
        page = ana_browser.get(address, follow=True).content.decode()
        assert 'data-connector="601"' in page
        assert f'data-document="{CPF}"' in page
        assert "Conectar Itau" in page
        again = ana_browser.get(address, follow=True).content.decode()
        assert CPF not in again

    def test_it_signs_nobody_in(self, address: str, client: Client) -> None:
        answer = client.get(address)
        assert answer.headers["Location"].startswith("/conta/entrar/?next=/conectar/pedido/")
        assert "_auth_user_id" not in client.session

    def test_somebody_else_is_told_and_nothing_happens(
        self, address: str, carla: User, carla_browser: Client
    ) -> None:
        answer = carla_browser.get(address)
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "Este endereço é de outra pessoa" in page
        assert escape("carla@example.com") in page
        assert "ana@example.com" not in page
        assert "Padaria" not in page
        attempt = ConnectAttempt.objects.across_companies().get()
        assert (attempt.used_at, attempt.document) == (None, CPF)

    def test_a_viewer_goes_on_with_nothing(self, bakery: Company, bruno: User, ana: User) -> None:
        connector = make_connector(id=601, name="Itau")
        token = preparing.prepare_connection(
            company=bakery, user=bruno, connector=connector, by=Actor("user", bruno.pk)
        )
        assert signed_in(bruno).get(reverse("connect-carry-on", args=[token])).status_code == 403

    def test_after_half_an_hour_it_is_over(self, address: str, ana_browser: Client) -> None:
        ConnectAttempt.objects.across_companies().update(expires_at=clock.now() - timedelta(seconds=1))
        answer = ana_browser.get(address)
        assert answer.status_code == 410
        assert "Este endereço venceu" in answer.content.decode()

    def test_another_persons_attempt_is_not_taken_by_its_number(
        self, address: str, carla: User, carla_browser: Client, settings: Settings
    ) -> None:
        settings.PLUGGY_CLIENT_ID = settings.PLUGGY_CLIENT_SECRET = "x"
        attempt = ConnectAttempt.objects.across_companies().get()
        page = carla_browser.get(f"/conectar?pedido={attempt.pk}").content.decode()
        assert CPF not in page
        assert "data-connector" not in page


def test_the_trail_says_what_was_done_by_telegram(bakery: Company, ana: User, ana_browser: Client) -> None:
    connector = make_connector(id=601, name="Itau")
    by = Actor("user", ana.pk, via="telegram")
    preparing.prepare_connection(company=bakery, user=ana, connector=connector, by=by)
    page = ana_browser.get(reverse("company-trail")).content.decode()
    assert "Começou a conectar um banco numa conversa" in page
    assert ">Telegram</td>" in page
