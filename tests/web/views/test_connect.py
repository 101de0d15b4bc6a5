"""Connecting a bank: the page around the widget, then our own page of progress."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings
from tests.builders import make_account, make_item, make_transaction
from tests.simulator import Simulator
from tests.web.reading import text_of

from financehub.audit.recording import Actor
from financehub.banking import connecting
from financehub.banking.models import ConnectAttempt, Item
from financehub.companies.models import Company, User
from financehub.core import clock

pytestmark = pytest.mark.django_db

TOKEN = {"name": "token", "label": "Token do aplicativo", "type": "number", "assistiveText": "Seis números"}


def waiting_item(company: Company, **fields: object) -> Item:
    values = {
        "status": "WAITING_USER_INPUT",
        "execution_status": "WAITING_USER_INPUT",
        "parameter": TOKEN,
        "action_expires_at": clock.now() + timedelta(seconds=90),
        **fields,
    }
    return make_item(company=company, **values)


class TestConnect:
    def test_gives_the_widget_a_bare_origin_and_no_secret(
        self, ana_browser: Client, simulator: Simulator, settings: Settings
    ) -> None:
        page = ana_browser.get("/conectar").content.decode()

        assert f'data-origin="{simulator.url}"' in page
        assert simulator.client_secret not in page
        assert "accessToken" not in page

    def test_reconnects_an_item_in_place(
        self, ana_browser: Client, simulator: Simulator, bakery: Company
    ) -> None:
        item = make_item(company=bakery)

        page = ana_browser.get("/conectar", {"item": str(item.pk)})

        assert f'data-item="{item.pluggy_id}"' in page.content.decode()
        assert "Reconectar Pluggy Bank" in text_of(page)

    def test_says_that_connections_are_off_without_keys(self, ana_browser: Client) -> None:
        assert "A conexão com bancos está desligada nesta instalação" in text_of(ana_browser.get("/conectar"))

    def test_is_refused_to_a_viewer(self, bruno_browser: Client) -> None:
        assert bruno_browser.get("/conectar").status_code == 403

    @pytest.mark.parametrize("key", ["x", "00000000-0000-0000-0000-000000000001"])
    def test_does_not_exist_for_an_unknown_item(self, ana_browser: Client, key: str) -> None:
        assert ana_browser.get("/conectar", {"item": key}).status_code == 404


class TestUnderWay:
    def test_goes_on_to_the_item_of_the_last_attempt(
        self, ana_browser: Client, bakery: Company, ana: User
    ) -> None:
        item, now = make_item(company=bakery), clock.now()
        ConnectAttempt.objects.create(
            company=bakery, user=ana, item=item, nonce="n", created_at=now, expires_at=now, used_at=now
        )

        assert ana_browser.get("/conectar/retorno")["Location"] == f"/conectar/{item.pk}"

    def test_waits_while_the_vendor_has_not_confirmed(
        self, ana_browser: Client, bakery: Company, ana: User
    ) -> None:
        now = clock.now()
        ConnectAttempt.objects.create(company=bakery, user=ana, nonce="n", created_at=now, expires_at=now)

        assert "Procurando sua conexão" in text_of(ana_browser.get("/conectar/retorno"))


class TestFollow:
    def test_shows_the_stage_that_the_bank_is_at(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery, status="UPDATING", execution_status="TRANSACTIONS_IN_PROGRESS")

        page = ana_browser.get(f"/conectar/{item.pk}")

        states = [step.state for step in page.context["steps"]]
        assert states == ["done", "done", "done", "now", "", "", ""]
        assert "Tudo certo até aqui" in text_of(page)

    def test_asks_what_the_bank_asks(self, ana_browser: Client, bakery: Company) -> None:
        item = waiting_item(bakery)

        page = ana_browser.get(f"/conectar/{item.pk}")

        assert "Token do aplicativo" in text_of(page)
        assert "Seis números" in text_of(page)
        assert 'inputmode="numeric"' in page.content.decode()
        assert "data-deadline=" in page.content.decode()

    def test_offers_the_banks_choices(self, ana_browser: Client, bakery: Company) -> None:
        options = [{"value": "sms", "label": "SMS"}, {"value": "mail", "label": "E-mail"}]
        item = waiting_item(bakery, parameter={**TOKEN, "type": "select", "options": options})

        page = ana_browser.get(f"/conectar/{item.pk}").content.decode()

        assert 'type="radio" name="value" value="sms" required checked' in page
        assert 'value="mail"' in page

    def test_waits_when_the_question_lags_behind_the_status(
        self, ana_browser: Client, bakery: Company
    ) -> None:
        item = waiting_item(bakery, parameter=None)

        assert "Esperando o banco dizer o que precisa" in text_of(ana_browser.get(f"/conectar/{item.pk}"))

    def test_sends_the_person_to_the_bank_to_authorise(self, ana_browser: Client, bakery: Company) -> None:
        action = {
            "type": "authorize-access",
            "instructions": "Autorize",
            "attributes": {"url": "https://bank.example/a"},
        }
        item = waiting_item(
            bakery, status="WAITING_USER_ACTION", execution_status="WAITING_USER_ACTION", user_action=action
        )

        assert 'href="https://bank.example/a"' in ana_browser.get(f"/conectar/{item.pk}").content.decode()

    @pytest.mark.parametrize(("timeouts", "starts_again"), [(1, True), (2, False)])
    def test_starts_again_by_itself_only_once(
        self, ana_browser: Client, bakery: Company, timeouts: int, starts_again: bool
    ) -> None:
        item = make_item(
            company=bakery, status="OUTDATED", execution_status="USER_INPUT_TIMEOUT", timeouts=timeouts
        )

        page = ana_browser.get(f"/conectar/{item.pk}")

        assert ("data-again" in page.content.decode()) is starts_again
        assert "O tempo" in text_of(page)

    def test_shows_what_arrived(self, ana_browser: Client, bakery: Company) -> None:
        now = clock.now()
        item = make_item(company=bakery, last_updated_at=now, read_up_to=now)
        account = make_account(company=bakery, item=item, name="Conta Corrente", balance_cents=100)
        make_transaction(account=account)
        make_transaction(account=account)

        page = text_of(ana_browser.get(f"/conectar/{item.pk}"))

        assert "Pronto, está tudo aqui. 2 transações deste banco." in page
        assert "Conta Corrente R$ 1,00" in page

    def test_does_not_exist_for_a_stranger(self, carla_browser: Client, bakery: Company) -> None:
        item = waiting_item(bakery)

        assert carla_browser.get(f"/conectar/{item.pk}").status_code == 404
        assert carla_browser.post(f"/conectar/{item.pk}/responder", {"value": "1"}).status_code == 404


class TestAnswer:
    def test_passes_the_value_on_and_keeps_none_of_it(
        self, ana_browser: Client, simulator: Simulator, bakery: Company, ana: User
    ) -> None:
        snapshot = simulator.connect(bakery, connector_id=5)
        by = Actor("user", ana.id)
        connecting.start_connection(company=bakery, user=ana, by=by)
        item = connecting.link(company=bakery, user=ana, snapshot=snapshot, by=by)

        ana_browser.post(f"/conectar/{item.pk}/responder", {"value": "123456"})

        item.refresh_from_db()
        assert (item.status, item.parameter) == ("UPDATING", None)

    def test_says_when_the_bank_no_longer_asks(
        self, ana_browser: Client, simulator: Simulator, bakery: Company, ana: User
    ) -> None:
        item = connecting.link(
            company=bakery, user=ana, snapshot=simulator.connect(bakery), by=Actor("user", ana.id)
        )

        answer = ana_browser.post(f"/conectar/{item.pk}/responder", {"value": "1"}, follow=True)

        assert "O banco não está mais esperando essa resposta." in text_of(answer)

    def test_is_refused_to_a_viewer(self, bruno_browser: Client, bakery: Company) -> None:
        item = waiting_item(bakery)

        assert bruno_browser.post(f"/conectar/{item.pk}/responder", {"value": "1"}).status_code == 403
        assert bruno_browser.post(f"/conectar/{item.pk}/tentar").status_code == 403
