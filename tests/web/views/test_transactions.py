"""The list a person reads, one row with its origin, and what may be set on it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.builders import make_account, make_item, make_transaction
from tests.web.reading import text_of

from financehub.banking.models import Account, Sync, Transaction
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(bakery: Company) -> Account:
    return make_account(company=bakery, name="Conta Corrente")


def fresh(row: Transaction) -> Transaction:
    return Transaction.objects.of(row.company_id).get(pk=row.pk)


def url(row: Transaction, deed: str = "") -> str:
    return f"/transacoes/{row.pk}" + (f"/{deed}" if deed else "")


class TestTransactions:
    def test_lists_amounts_as_a_brazilian_reads_them(self, ana_browser: Client, account: Account) -> None:
        make_transaction(
            account=account, amount_cents=-123_456, description="Aluguel", category_id="17010000"
        )
        make_transaction(account=account, amount_cents=50_000, description="Pix recebido")

        page = text_of(ana_browser.get("/transacoes"))

        assert "Aluguel -R$ 1.234,56 Aluguel Conta Corrente" in page
        assert "Pix recebido +R$ 500,00" in page
        assert "Entrou R$ 500,00 Saiu R$ 1.234,56 Lançamentos 2" in page

    def test_keeps_what_is_to_come_apart(self, ana_browser: Client, account: Account) -> None:
        tomorrow = clock.today() + timedelta(days=1)
        make_transaction(account=account, date=tomorrow, status="PENDING", description="Parcela do carro")
        make_transaction(account=account, status="PENDING", description="Café")

        page = text_of(ana_browser.get("/transacoes"))

        assert "1 lançamento por vir" in page
        assert "agendada" in page
        assert "Café -R$ 12,34 Conta Corrente pendente" in page

    def test_takes_its_filters_from_the_address_and_shows_them(
        self, ana_browser: Client, account: Account
    ) -> None:
        make_transaction(account=account, description="Mercado", category_id="10000000")
        make_transaction(account=account, description="Pagamento da Ana", amount_cents=100)

        page = text_of(ana_browser.get("/transacoes", {"sentido": "saida", "categoria": "10000000"}))

        assert "Mercado" in page
        assert "Pagamento da Ana" not in page
        assert "Tirar filtro: Supermercado" in page
        assert "Tirar filtro: saídas" in page

    def test_goes_on_to_older_rows_with_the_same_filters(self, ana_browser: Client, account: Account) -> None:
        for number in range(51):
            make_transaction(account=account, description=f"Linha {number}.")
        first = ana_browser.get("/transacoes", {"sentido": "saida"})
        cursor = first.context["next"]

        second = ana_browser.get(f"/transacoes?{cursor}")

        assert "sentido=saida" in cursor
        assert "Linha 0." in text_of(second)
        assert "Linha 1." not in text_of(second)

    def test_starts_over_for_a_cursor_it_does_not_know(self, ana_browser: Client) -> None:
        answer = ana_browser.get("/transacoes", {"depois": "nonsense"})

        assert (answer.status_code, answer["Location"]) == (302, "/transacoes")

    def test_hides_withdrawn_and_deleted_rows_until_asked(
        self, ana_browser: Client, account: Account
    ) -> None:
        make_transaction(account=account, description="Sumiu", withdrawn_at=clock.now())
        make_transaction(account=account, description="Riscada", deleted_at=clock.now())

        assert "Sumiu" not in text_of(ana_browser.get("/transacoes"))
        page = text_of(ana_browser.get("/transacoes", {"ocultas": "1"}))
        assert "retirada pelo banco" in page
        assert "Riscada" in page

    def test_escapes_what_a_bank_wrote(self, ana_browser: Client, account: Account) -> None:
        make_transaction(account=account, description="<script>alert(1)</script>")

        assert b"<script>alert" not in ana_browser.get("/transacoes").content

    def test_shows_nothing_of_another_company(self, carla_browser: Client, account: Account) -> None:
        make_transaction(account=account, description="Segredo")

        assert "Segredo" not in text_of(carla_browser.get("/transacoes", {"conta": str(account.pk)}))


class TestTransaction:
    def test_tells_what_the_bank_said_and_which_sync_brought_it(
        self, ana_browser: Client, bakery: Company
    ) -> None:
        item = make_item(company=bakery)
        at = clock.now()
        sync = Sync.objects.create(
            company=bakery,
            item=item,
            status="SUCCEEDED",
            trigger="first",
            due_at=at,
            requested_at=at,
            started_at=at,
        )
        row = make_transaction(
            account=make_account(company=bakery, item=item),
            description="PIX RECEBIDO",
            counterparty_name="João Lima",
            amount_cents=100,
        )

        page = text_of(ana_browser.get(url(row)))

        assert "O que o banco disse Descrição PIX RECEBIDO" in page
        assert "De João Lima" in page
        assert f"leitura {str(sync.pk)[-6:]} (primeira leitura)" in page

    def test_tells_who_changed_what(self, ana_browser: Client, account: Account) -> None:
        row = make_transaction(account=account)
        ana_browser.post(url(row, "editar"), {"note": "troco", "description": "Padaria", "category": ""})

        assert "Editada: nota, Ana" in text_of(ana_browser.get(url(row)))

    def test_does_not_exist_for_a_stranger(self, carla_browser: Client, account: Account) -> None:
        assert carla_browser.get(url(make_transaction(account=account))).status_code == 404


class TestEdit:
    def test_keeps_a_persons_words_beside_the_banks(self, ana_browser: Client, account: Account) -> None:
        row = make_transaction(account=account, category_id="11010000")
        form = {"category": "10000000", "description": "Compras da semana", "note": "dividir", "ignored": "1"}

        answer = ana_browser.post(url(row, "editar"), {**form, "back": "/transacoes?busca=x"})

        saved = fresh(row)
        assert answer["Location"] == "/transacoes?busca=x"
        assert (saved.own_category_id, saved.own_description, saved.own_note) == (
            "10000000",
            "Compras da semana",
            "dividir",
        )
        assert saved.is_ignored
        assert (saved.category_id, saved.description) == ("11010000", "Padaria")

    def test_writes_nothing_when_a_person_repeats_the_bank(
        self, ana_browser: Client, account: Account
    ) -> None:
        row = make_transaction(account=account, category_id="11010000")

        ana_browser.post(url(row, "editar"), {"category": "11010000", "description": "Padaria", "note": ""})

        assert fresh(row).edited_at is None

    def test_clears_an_edit_when_a_person_goes_back_to_the_bank(
        self, ana_browser: Client, account: Account
    ) -> None:
        row = make_transaction(account=account, category_id="11010000", own_category_id="10000000")

        ana_browser.post(url(row, "editar"), {"category": "11010000", "description": "Padaria"})

        assert fresh(row).own_category_id is None

    def test_never_leaves_this_site(self, ana_browser: Client, account: Account) -> None:
        row = make_transaction(account=account)

        answer = ana_browser.post(url(row, "editar"), {"note": "x", "back": "https://evil.example/"})

        assert answer["Location"] == "/transacoes"

    def test_refuses_an_unknown_category(self, ana_browser: Client, account: Account) -> None:
        row = make_transaction(account=account)

        ana_browser.post(url(row, "editar"), {"category": "drop table"})

        assert fresh(row).own_category_id is None

    @pytest.mark.parametrize("deed", ["editar", "apagar", "restaurar"])
    def test_is_refused_to_a_viewer_and_to_a_stranger(
        self, bruno_browser: Client, carla_browser: Client, account: Account, deed: str
    ) -> None:
        row = make_transaction(account=account)

        assert bruno_browser.post(url(row, deed), {"note": "x"}).status_code == 403
        assert carla_browser.post(url(row, deed), {"note": "x"}).status_code == 404
        assert (fresh(row).own_note, fresh(row).deleted_at) == (None, None)


class TestDelete:
    def test_hides_a_row_until_it_is_restored(self, ana_browser: Client, account: Account) -> None:
        row = make_transaction(account=account)

        ana_browser.post(url(row, "apagar"))
        assert fresh(row).deleted_at is not None

        ana_browser.post(url(row, "restaurar"))
        assert fresh(row).deleted_at is None

    def test_does_not_exist_for_an_unknown_row(self, ana_browser: Client) -> None:
        assert ana_browser.post(f"/transacoes/{UUID(int=1)}/apagar").status_code == 404


class TestMergingRepeatedRows:
    def test_two_are_chosen_merged_and_parted(self, ana_browser: Client, bakery: Company) -> None:
        account = make_account(company=bakery)
        rows = [make_transaction(account=account, description=name) for name in ("Padaria", "PADARIA LTDA")]
        assert 'name="rows"' not in ana_browser.get("/transacoes").content.decode()
        assert ana_browser.get("/transacoes?juntar=1").content.decode().count('name="rows"') == 2
        sent = {"rows": [row.pk for row in rows], "back": "/transacoes?busca=padaria"}
        page = text_of(ana_browser.post("/transacoes/juntar", sent, follow=True))
        assert "Juntados: contam uma vez só" in page
        assert "É o mesmo que PADARIA LTDA" in page
        assert "Outra foi juntada a esta" in page
        listed = text_of(ana_browser.get("/transacoes"))
        assert ("Padaria" in listed, "PADARIA LTDA" in listed) == (True, False)
        assert "Está junto de outro lançamento" in text_of(ana_browser.get(f"/transacoes/{rows[1].pk}"))
        page = text_of(ana_browser.post(f"/revisao/juntadas/{rows[1].pk}/separar", follow=True))
        assert "são dois lançamentos de novo" in page
        assert "PADARIA LTDA" in text_of(ana_browser.get("/transacoes"))

    def test_one_alone_is_refused_in_words(self, ana_browser: Client, bakery: Company) -> None:
        row = make_transaction(company=bakery)
        for sent in ({}, {"rows": ["x"]}, {"rows": [row.pk]}):
            page = text_of(ana_browser.post("/transacoes/juntar", sent, follow=True))
            assert "Escolha de 2 a 10 lançamentos" in page

    def test_a_viewer_chooses_nothing(self, bruno_browser: Client, bakery: Company) -> None:
        rows = [make_transaction(account=make_account(company=bakery)) for _ in range(2)]
        assert 'name="rows"' not in bruno_browser.get("/transacoes?juntar=1").content.decode()
        assert bruno_browser.post("/transacoes/juntar", {"rows": [row.pk for row in rows]}).status_code == 403
