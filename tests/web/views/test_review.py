"""The review queue as a person uses it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.banking.identity.cards import Card, connect_card, row, vendor_id
from tests.builders import make_account, make_transaction
from tests.web.reading import text_of

from financehub.banking.identity import pairing
from financehub.banking.models import Account, ReviewCase, Transaction, TransferPair
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(bakery: Company, settings: Any) -> Card:
    settings.SYNC_START_GAP_SECONDS = 0
    return connect_card(bakery)


@pytest.fixture
def case(card: Card) -> ReviewCase:
    card.sync(row("a1"), row("a2"))
    card.note("a1", "presente da Bia")
    card.sync(row("b1"), row("b2"))
    (only,) = card.cases()
    return only


def parked(card: Card) -> Transaction:
    return Transaction.objects.of(card.item.company_id).get(own_note="presente da Bia")


class TestReview:
    def test_says_when_nothing_waits(self, ana_browser: Client) -> None:
        assert "Nada para revisar" in text_of(ana_browser.get("/revisao"))

    def test_shows_the_question_the_note_and_why(self, ana_browser: Client, case: ReviewCase) -> None:
        page = text_of(ana_browser.get("/revisao"))
        assert "1 dúvida esperando você" in page
        assert "O banco trocou este lançamento?" in page
        assert "Sua nota: presente da Bia" in page
        assert "Por quê? mesmo valor, mesmo dia, mesma descrição (90)" in page

    def test_speaks_english_too(self, ana_browser: Client, case: ReviewCase) -> None:
        ana_browser.cookies["django_language"] = "en"
        assert "Did the bank replace this row?" in text_of(ana_browser.get("/revisao"))


class TestDecisions:
    def test_choosing_moves_the_note(self, ana_browser: Client, card: Card, case: ReviewCase) -> None:
        choice = {"of": parked(card).pk, "row": card.stored("b2").pk}
        page = text_of(ana_browser.post(f"/revisao/{case.pk}/escolher", choice, follow=True))
        assert "suas anotações estão no lançamento escolhido" in page
        assert card.notes()[str(vendor_id("b2"))] == "presente da Bia"

    def test_a_choice_that_makes_no_sense_is_told(
        self, ana_browser: Client, card: Card, case: ReviewCase
    ) -> None:
        page = text_of(ana_browser.post(f"/revisao/{case.pk}/escolher", {"of": "x"}, follow=True))
        assert "Esta opção não existe mais" in page
        assert parked(card).withdrawn_at is not None

    def test_refusing_and_taking_it_back(self, ana_browser: Client, card: Card, case: ReviewCase) -> None:
        page = text_of(ana_browser.post(f"/revisao/{case.pk}/recusar", follow=True))
        assert "Não vamos perguntar de novo" in page
        page = text_of(ana_browser.post(f"/revisao/{case.pk}/desfazer", follow=True))
        assert "a pergunta voltou para a fila" in page
        assert card.cases() == [case]

    def test_a_viewer_looks_and_decides_nothing(self, bruno_browser: Client, case: ReviewCase) -> None:
        assert "É este" not in text_of(bruno_browser.get("/revisao"))
        assert bruno_browser.post(f"/revisao/{case.pk}/recusar").status_code == 403

    def test_another_companys_question_does_not_exist(self, carla_browser: Client, case: ReviewCase) -> None:
        assert carla_browser.post(f"/revisao/{case.pk}/recusar").status_code == 404

    def test_an_automatic_recognition_says_why_and_is_undone(self, ana_browser: Client, card: Card) -> None:
        card.sync(row("a"))
        known = card.note("a", "curso")
        card.sync(row("b", amount=51))
        page = text_of(ana_browser.get(f"/transacoes/{known.pk}"))
        assert "O banco trocou a identificação: valor Por quê? valor quase igual, mesmo dia" in page
        ana_browser.post(f"/revisao/lancamentos/{known.pk}/separar")
        known.refresh_from_db()
        assert (known.withdrawn_at is None, known.amount_cents) == (False, -5000)


class TestAccounts:
    def test_two_connections_of_one_account_are_merged(
        self, ana_browser: Client, card: Card, bakery: Company
    ) -> None:
        card.sync(row("a"))
        connect_card(bakery).sync(row("A"))
        assert "É a mesma conta?" in text_of(ana_browser.get("/revisao"))
        case = ReviewCase.objects.of(bakery).get(kind="same_account")
        assert "Contas juntadas" in text_of(ana_browser.post(f"/revisao/{case.pk}/juntar", follow=True))
        assert Account.objects.of(bakery).count() == 1

    def test_and_taken_apart_again(self, ana_browser: Client, card: Card, bakery: Company) -> None:
        card.sync(row("a"))
        connect_card(bakery).sync(row("A"))
        case = ReviewCase.objects.of(bakery).get(kind="same_account")
        page = text_of(ana_browser.post(f"/revisao/{case.pk}/juntar", follow=True))
        assert "É a mesma conta? confirmado" in page
        page = text_of(ana_browser.post(f"/revisao/{case.pk}/desfazer", follow=True))
        assert "É a mesma conta? recusado, não pergunta mais" in page
        assert Account.objects.of(bakery).count() == 2


class TestPages:
    def test_go_on_where_the_last_one_ended(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)
        day = clock.today() - timedelta(days=20)
        for number in range(21):
            make_transaction(account=account, status="PENDING", date=day, description=f"Reserva {number:02}")
        first = ana_browser.get("/revisao")
        address = re.search(r'href="(/revisao\?depois=[^"]+)"', first.content.decode())
        assert "21 dúvidas esperando você" in text_of(first)
        assert address is not None
        second = text_of(ana_browser.get(address[1]))
        assert (text_of(first) + second).count("Pendente há muito tempo") == 21
        assert second.count("Pendente há muito tempo") == 1

    def test_a_cursor_of_nobodys_leads_to_the_first_page(self, ana_browser: Client) -> None:
        assert ana_browser.get("/revisao?depois=x").headers["Location"] == "/revisao"
        assert ana_browser.get("/revisao/decididas?depois=x").headers["Location"] == "/revisao/decididas"

    def test_what_was_decided_has_pages_of_its_own(
        self, ana_browser: Client, card: Card, case: ReviewCase
    ) -> None:
        assert "Nada foi decidido ainda" in text_of(ana_browser.get("/revisao/decididas"))
        ana_browser.post(f"/revisao/{case.pk}/recusar")
        assert "O banco trocou este lançamento? recusado" in text_of(ana_browser.get("/revisao/decididas"))


class TestTransfers:
    def test_a_pair_is_shown_and_parted(self, ana_browser: Client, bakery: Company) -> None:
        accounts = [make_account(company=bakery, document_index="ana") for _ in range(2)]
        for account, cents in zip(accounts, (-100, 100), strict=True):
            make_transaction(account=account, amount_cents=cents, counterparty_index="ana")
        pairing.pair_all(company_id=bakery.pk)
        assert "Entre contas próprias" in text_of(ana_browser.get("/revisao"))
        pair = TransferPair.objects.of(bakery).get()
        assert "Separados" in text_of(ana_browser.post(f"/revisao/pares/{pair.pk}/separar", follow=True))

    def test_one_of_several_is_chosen(self, ana_browser: Client, bakery: Company) -> None:
        accounts = [make_account(company=bakery, document_index="ana") for _ in range(2)]
        out = make_transaction(account=accounts[0], amount_cents=-100, counterparty_index="ana")
        into = [
            make_transaction(account=accounts[1], amount_cents=100, counterparty_index="ana")
            for _ in range(2)
        ]
        pairing.pair_all(company_id=bakery.pk)
        case = ReviewCase.objects.of(bakery).get()
        ana_browser.post(f"/revisao/{case.pk}/escolher", {"of": out.pk, "row": into[1].pk})
        assert TransferPair.objects.of(bakery).get().received_id == into[1].pk


class TestExpiredPendings:
    def test_are_told_kept_or_deleted(self, ana_browser: Client, bakery: Company) -> None:
        day = clock.today() - timedelta(days=20)
        rows = [
            make_transaction(account=make_account(company=bakery), status="PENDING", date=day)
            for _ in range(2)
        ]
        page = text_of(ana_browser.get("/revisao"))
        assert "2 dúvidas esperando você" in page
        assert "pendente há muito tempo" in page
        ana_browser.post(f"/revisao/pendentes/{rows[0].pk}/manter")
        ana_browser.post(f"/revisao/pendentes/{rows[1].pk}/apagar")
        assert "Nada para revisar" in text_of(ana_browser.get("/revisao"))
        rows[1].refresh_from_db()
        assert rows[1].deleted_at is not None
