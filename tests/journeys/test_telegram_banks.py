"""Banks from a chat: choosing, the person's own address, credentials where allowed, questions, results, the end."""

import logging
import re
from typing import Any

import pytest
from django.test import Client
from tests.people import signed_in
from tests.simulator import PASSWORD, Simulator
from tests.telegram_stand_in import StandIn
from tests.telegram_world import Chat, look, phone, telegram

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.banking import connecting
from financehub.banking.models import Account, Item, Transaction
from financehub.bot.models import BotUpdate, Conversation, Following
from financehub.companies.models import Company, User

__all__ = ["phone", "telegram"]
pytestmark = pytest.mark.django_db(transaction=True)

CPF, WRONG_CPF = "761.092.776-73", "761.092.776-74"
MFA_BANK, IMAGE_BANK, SELECT_BANK, PLAIN_BANK, OPEN_FINANCE, QR_BANK = 5, 7, 8, 2, 600, 6


@pytest.fixture
def world(simulator: Simulator, settings: Any) -> Simulator:
    settings.PLUGGY_USE_SANDBOX = True
    return simulator


@pytest.fixture
def typing_allowed(settings: Any) -> None:
    settings.TELEGRAM_CREDENTIALS_IN_CHAT = True


def type_in(chat: Chat, connector_id: int, user: str = "user-ok", password: str = PASSWORD) -> None:
    """Choose a bank by its button and type the login into the chat."""
    chat.says("/conectar_banco")
    chat.phone.sends_data(f"conectar_banco:k:{connector_id}")
    chat.settle()
    chat.says(f"{user}\n{password}")


def go_on(simulator: Simulator, seconds: float = 10) -> None:
    simulator.advance(seconds)
    look()


def everything_stored() -> str:
    """Every row the bot keeps, as plain text."""
    rows: list[Any] = [
        *BotUpdate.objects.values(),
        *Conversation.objects.values(),
        *Following.objects.values(),
    ]
    return str(rows) + str(list(AuditLog.objects.values()))


class TestChoosing:
    def test_favourites_first_then_pages_then_search(self, world: Simulator, phone: Chat) -> None:
        first = phone.says("/conectar_banco")
        assert "Qual banco?" in first.text
        assert "Nubank" in first.labels[0]
        assert first.labels[-1] == "Mais »"
        second = phone.presses("Mais")
        assert second.message_id == first.message_id
        assert re.search(r"Página 2 de \d+", second.text)
        found = phone.says("pluggy bank mfa")
        assert len(found.labels) == 6 if "Mais" in str(found.labels) else "MFA" in found.labels[0]
        assert all("MFA" in label for label in found.labels)
        twice = phone.says("itaú").labels
        assert {"Itaú", "Itaú · Open Finance"} <= set(twice)
        assert len(twice) == len(set(twice))
        assert "Nenhum banco" in phone.says("banco que não existe").text

    def test_a_bank_that_is_down_is_said_so(self, world: Simulator, phone: Chat) -> None:
        found = phone.says("/conectar_banco offline")
        assert found.labels == ["⛔ Pluggy Bank Offline"]
        assert "fora do ar" in phone.presses("Offline").text


class TestOpenFinance:
    def test_the_document_is_checked_erased_and_kept_out_of_every_row(
        self, world: Simulator, telegram: StandIn, phone: Chat
    ) -> None:
        phone.says("/conectar_banco sandbox open finance")
        phone.presses("Sandbox Open Finance")
        assert "CPF" in phone.last.text
        assert "não confere" in phone.says(WRONG_CPF).text
        done = phone.says(CPF)
        assert "Ele só funciona para você" in done.text
        assert [message.text for message in telegram.deleted] == [WRONG_CPF, CPF]
        for text in ("761.092", "761092", WRONG_CPF):
            assert text not in everything_stored()
            assert text not in done.button("Abrir")["url"]

    def test_only_the_person_goes_on_and_the_chat_hears_how_it_ends(
        self, world: Simulator, phone: Chat, ana: User, carla: User, bakery: Company
    ) -> None:
        phone.says("/conectar_banco sandbox open finance")
        phone.presses("Sandbox Open Finance")
        address = phone.says(CPF).button("Abrir")["url"].removeprefix("https://hub.example.com")
        assert Client().get(address).headers["Location"].startswith("/conta/entrar/")
        assert signed_in(carla).get(address).status_code == 403
        page = signed_in(ana).get(address, follow=True).content.decode()
        assert 'data-connector="600"' in page
        assert 'data-document="76109277673"' in page
        by = Actor("user", ana.pk)  # what the page does when the widget opens and ends
        connecting.start_connection(company=bakery, user=ana, by=by)
        vendor = world.connect_with(bakery, OPEN_FINANCE, {"cpf": CPF})
        connecting.complete_connection(company=bakery, user=ana, item_pluggy_id=vendor.id, by=by)
        look()
        assert "espera algo de você" in phone.last.text
        world.control(f"/items/{vendor.id}/approve")
        go_on(world)
        go_on(world)
        assert re.search(
            r"✅ <b>Sandbox Open Finance</b> está em dia: \d+ contas, \d+ lançamentos", phone.last.text
        )
        assert not Following.objects.filter(finished_at=None).exists()

    def test_an_address_that_nobody_uses_is_said_to_be_over(self, world: Simulator, phone: Chat) -> None:
        phone.says("/conectar_banco sandbox open finance")
        phone.presses("Sandbox Open Finance")
        phone.says(CPF)
        look()
        said = len(phone.texts)
        Following.objects.update(expires_at="2020-01-01T00:00:00Z")
        look()
        look()
        assert phone.texts[said:] == [
            "O pedido de conectar Sandbox Open Finance venceu sem uso. Quando quiser: /conectar_banco"
        ]


class TestDirectBanks:
    def test_by_default_only_the_page_is_offered(
        self, world: Simulator, phone: Chat, telegram: StandIn
    ) -> None:
        phone.says("/conectar_banco pluggy broker")
        offered = phone.presses("Pluggy Broker")
        assert offered.labels == ["Abrir Pluggy Broker"]
        phone.phone.sends_data("conectar_banco:k:15")  # a forged button
        assert phone.settle().labels == ["Abrir Pluggy Broker"]
        assert "Não entendi" in phone.says("user-ok").text
        assert telegram.deleted == []

    @pytest.mark.parametrize(
        ("language", "balance", "arrived"),
        [("pt-br", "em 2 contas", "está em dia"), ("en", "in 2 accounts", "is up to date")],
    )
    def test_connect_with_a_code_asked_in_the_chat_then_ask_for_the_balance(
        self, world: Simulator, typing_allowed: None, telegram: StandIn, phone: Chat, bakery: Company,
        caplog: pytest.LogCaptureFixture, language: str, balance: str, arrived: str,
    ) -> None:  # fmt: skip
        caplog.set_level(logging.INFO)
        phone.phone.sends_data(f"idioma:{language}", phone.says("/idioma"))
        phone.settle()
        type_in(phone, MFA_BANK)
        go_on(world)
        assert ": Token\n" in phone.last.text
        assert re.search(r"(até|until) \d\d:\d\d", phone.last.text)
        phone.says("123456")
        go_on(world)
        go_on(world)
        assert arrived in phone.last.text
        item = Item.objects.of(bakery).get()
        assert item.connector_id == MFA_BANK
        said = phone.says("/saldo" if language == "pt-br" else "/balance").text
        assert balance in said
        cash = sum(
            one.balance_cents for one in Account.objects.of(bakery).filter(type="BANK", currency="BRL")
        )
        assert f"{cash // 100:,}".replace(",", ".") in said
        assert [message.text for message in telegram.deleted] == [f"user-ok\n{PASSWORD}", "123456"]
        for secret in (PASSWORD, "user-ok", "123456"):
            assert secret not in everything_stored()
            assert secret not in caplog.text
        answered = AuditLog.objects.get(action="open_finance.mfa_answered")
        assert answered.facts["via"] == "telegram"

    def test_an_image_is_shown_and_its_code_answers(
        self, world: Simulator, typing_allowed: None, phone: Chat, bakery: Company
    ) -> None:
        type_in(phone, IMAGE_BANK)
        go_on(world)
        assert phone.last.kind == "sendPhoto"
        assert phone.last.file is not None
        assert phone.last.file[1].startswith(b"\x89PNG")
        phone.says("123456")
        go_on(world)
        go_on(world)
        assert "está em dia" in phone.last.text

    def test_a_choice_is_pressed(self, world: Simulator, typing_allowed: None, phone: Chat) -> None:
        type_in(phone, SELECT_BANK)
        go_on(world)
        options = phone.last.labels
        assert len(options) >= 2
        phone.presses(options[0])
        go_on(world)
        go_on(world)
        assert "está em dia" in phone.last.text

    def test_a_code_to_scan_is_shown(self, world: Simulator, typing_allowed: None, phone: Chat) -> None:
        type_in(phone, QR_BANK)
        go_on(world)
        assert phone.last.kind == "sendPhoto"
        assert "espera algo de você" in phone.last.text or "pergunta" in phone.last.text

    def test_a_wrong_password_is_explained_and_the_message_is_gone(
        self, world: Simulator, typing_allowed: None, telegram: StandIn, phone: Chat
    ) -> None:
        type_in(phone, PLAIN_BANK, password="wrong-password")
        go_on(world)
        assert "não aceitou o acesso" in phone.last.text
        assert phone.last.labels == ["Reconectar"]
        assert "user-ok\nwrong-password" in [message.text for message in telegram.deleted]

    def test_what_the_bank_does_not_take_is_said_and_erased(
        self, world: Simulator, typing_allowed: None, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        type_in(phone, PLAIN_BANK, user="somebody")
        assert "não aceita esses dados" in phone.last.text
        assert "Preciso de" not in phone.last.text
        assert not Item.objects.of(bakery).exists()
        assert [message.text for message in telegram.deleted] == [f"somebody\n{PASSWORD}"]
        phone.says("minha senha outra vez")  # late: the attempt is over, the message goes all the same
        assert "Apaguei sua mensagem" in phone.last.text
        assert telegram.deleted[-1].text == "minha senha outra vez"

    def test_two_messages_instead_of_one_are_both_erased(
        self, world: Simulator, typing_allowed: None, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        phone.says("/conectar_banco")
        phone.phone.sends_data(f"conectar_banco:k:{PLAIN_BANK}")
        phone.settle()
        assert "2 linhas" in phone.says("user-ok").text
        phone.says(f"user-ok\n{PASSWORD}")
        assert Item.objects.of(bakery).count() == 1
        assert len(telegram.deleted) == 2

    def test_an_abandoned_login_still_erases_what_comes_late(
        self, world: Simulator, typing_allowed: None, telegram: StandIn, phone: Chat, bakery: Company
    ) -> None:
        phone.says("/conectar_banco")
        phone.phone.sends_data(f"conectar_banco:k:{PLAIN_BANK}")
        phone.settle()
        assert "parei" in phone.says("/cancelar").text
        assert "Apaguei" in phone.says(f"user-ok\n{PASSWORD}").text
        assert [message.text for message in telegram.deleted] == [f"user-ok\n{PASSWORD}"]
        assert not Item.objects.of(bakery).exists()
        assert PASSWORD not in everything_stored()

    def test_a_message_that_could_not_be_erased_is_erased_later(
        self, world: Simulator, typing_allowed: None, telegram: StandIn, phone: Chat
    ) -> None:
        phone.says("/conectar_banco")
        phone.phone.sends_data(f"conectar_banco:k:{PLAIN_BANK}")
        phone.settle()
        for _ in range(6):
            telegram.fails("deleteMessage", 502, "Bad Gateway")
        phone.says(f"user-ok\n{PASSWORD}")
        telegram.trouble.clear()
        assert telegram.deleted == []
        BotUpdate.objects.to_erase().update(received_at="2020-01-01T00:00:00Z")
        look()
        assert [message.text for message in telegram.deleted] == [f"user-ok\n{PASSWORD}"]
        assert not BotUpdate.objects.to_erase().exists()


class TestTheEnd:
    @pytest.fixture
    def connected(self, world: Simulator, typing_allowed: None, phone: Chat, bakery: Company) -> Item:
        type_in(phone, PLAIN_BANK)
        go_on(world)
        go_on(world)
        return Item.objects.of(bakery).select_related("connector").get()

    def test_disconnecting_asks_and_keeps_the_history_when_asked_to(
        self, world: Simulator, connected: Item, phone: Chat, bakery: Company
    ) -> None:
        rows = Transaction.objects.of(bakery).count()
        phone.says("/desconectar_banco")
        asked = phone.presses("Pluggy Bank")
        assert re.search(r"Desconectar <b>Pluggy Bank</b> \(\d contas, \d+ lançamentos\)\?", asked.text)
        assert not Item.objects.of(bakery).filter(disconnected_at__isnull=False).exists()
        assert "histórico continua aqui" in phone.presses("manter histórico").text
        connected.refresh_from_db()
        assert connected.is_disconnected
        assert Transaction.objects.of(bakery).count() == rows > 0
        assert AuditLog.objects.get(action="open_finance.item_disconnected").facts["via"] == "telegram"
        vendor = [one["id"] for one in world.told("/items")]
        assert str(connected.pluggy_id) not in vendor
        assert (
            phone.says("/desconectar_banco").text
            == "Nenhum banco está conectado. Comece com /conectar_banco."
        )

    def test_or_deletes_it_and_a_second_press_finds_nothing(
        self, connected: Item, phone: Chat, bakery: Company
    ) -> None:
        phone.says("/desconectar_banco")
        asked = phone.presses("Pluggy Bank")
        data = asked.button("apagar tudo")["callback_data"]
        assert "apagados" in phone.presses("apagar tudo").text
        assert not Transaction.objects.of(bakery).exists()
        phone.phone.sends_data(data)
        assert phone.settle().text == "Isso não existe mais."

    def test_or_nothing_happens(self, connected: Item, phone: Chat, bakery: Company) -> None:
        phone.says("/desconectar_banco")
        phone.presses("Pluggy Bank")
        assert "Nada mudou" in phone.presses("Cancelar").text
        assert Item.objects.of(bakery).connected().exists()

    def test_syncing_asks_the_bank_and_tells_the_result(
        self, world: Simulator, connected: Item, phone: Chat
    ) -> None:
        assert "pedi novidades" in phone.says("/sincronizar").text
        go_on(world)
        go_on(world)
        assert "está em dia" in phone.last.text
        world.switch(updateFrequencyHours=24)
        assert "já são recentes" in phone.says("/sincronizar").text
        look()
        assert "está em dia" in phone.last.text
