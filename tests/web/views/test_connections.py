"""A card per bank, what it needs, and what a person may do about it."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.builders import make_account, make_item
from tests.simulator import Simulator
from tests.web.reading import text_of

from financehub.banking import connecting
from financehub.banking.models import Item, ParkedItem, Sync, Transaction
from financehub.companies.models import Company, User
from financehub.core import clock

pytestmark = pytest.mark.django_db

DEEDS = ["atualizar", "sincronizar", "desconectar"]


@pytest.fixture
def connected(simulator: Simulator, bakery: Company, ana: User) -> Item:
    """A bank of the bakery that the simulator knows too."""
    return connect(simulator, bakery, ana)


def connect(simulator: Simulator, company: Company, user: User) -> Item:
    snapshot = simulator.connect(company)
    from_vendor = connecting.link(company=company, user=user, snapshot=snapshot, by=connecting_actor(user))
    return from_vendor


def connecting_actor(user: User) -> connecting.Actor:
    return connecting.Actor("user", user.id)


def park(company: Company, pluggy_id: object) -> ParkedItem:
    return ParkedItem.objects.create(
        company_id=company.pk,
        pluggy_id=pluggy_id,
        connector_name="Nubank",
        reason="no_open_attempt",
        created_at=clock.now(),
    )


class TestConnections:
    @pytest.mark.parametrize("path", ["/open-finance", "/open-finance/", "/app/integration"])
    def test_answers_under_each_of_its_addresses(self, ana_browser: Client, path: str) -> None:
        assert "Nenhum banco conectado ainda" in text_of(ana_browser.get(path))

    def test_says_how_a_healthy_bank_is(self, ana_browser: Client, bakery: Company) -> None:
        now = clock.now()
        item = make_item(
            company=bakery, last_sync_at=now - timedelta(hours=3), next_auto_sync_at=now + timedelta(days=1)
        )
        make_account(company=bakery, item=item, name="Conta Corrente", balance_cents=123_456)

        page = text_of(ana_browser.get("/open-finance"))

        assert "Pluggy Bank Acesso direto Em dia Última leitura boa há 3 h Próxima esperada amanhã às" in page
        assert "Conta Corrente conta corrente R$ 1.234,56" in page

    def test_gives_the_next_step_with_the_banks_own_words(self, ana_browser: Client, bakery: Company) -> None:
        make_item(
            company=bakery,
            status="OUTDATED",
            execution_status="ACCOUNT_NEEDS_ACTION",
            error_code="ACCOUNT_NEEDS_ACTION",
            error_provider_message="Aceite os novos termos",
        )

        page = text_of(ana_browser.get("/open-finance"))

        assert "Não atualizou" in page
        assert "O banco espera algo de você. Entre no banco, resolva a pendência e atualize." in page
        assert "O banco diz: “Aceite os novos termos” Tentar de novo" in page

    def test_shows_the_receipt_of_the_last_read(self, ana_browser: Client, bakery: Company) -> None:
        now = clock.now()
        Sync.objects.create(
            company=bakery,
            item=make_item(company=bakery),
            status="SUCCEEDED",
            trigger="webhook",
            due_at=now,
            requested_at=now,
            finished_at=now,
            read_rows=True,
            read=1372,
            new=372,
            unchanged=1000,
            pages=3,
        )

        page = text_of(ana_browser.get("/open-finance"))

        assert "Linhas lidas 1.372 Novas 372 Alteradas pelo banco 0 Iguais 1.000" in page
        assert "aviso do banco · agora · 3 páginas" in page

    def test_lets_a_viewer_look_and_press_nothing(self, bruno_browser: Client, bakery: Company) -> None:
        make_item(company=bakery)

        page = text_of(bruno_browser.get("/open-finance"))

        assert "Pluggy Bank" in page
        assert "Desconectar" not in page

    def test_shows_nothing_of_another_company(self, carla_browser: Client, bakery: Company) -> None:
        make_item(company=bakery)

        assert "Pluggy Bank" not in text_of(carla_browser.get("/open-finance"))

    @pytest.mark.parametrize("deed", DEEDS)
    def test_refuses_a_viewer_and_a_stranger(
        self, bruno_browser: Client, carla_browser: Client, bakery: Company, deed: str
    ) -> None:
        item = make_item(company=bakery)
        path = f"/open-finance/{item.pk}/{deed}"

        assert bruno_browser.post(path).status_code == 403
        assert carla_browser.post(path).status_code == 404
        assert not Sync.objects.of(bakery).exists()


class TestRefresh:
    def test_starts_an_execution_at_the_bank(self, ana_browser: Client, connected: Item) -> None:
        ana_browser.post(f"/open-finance/{connected.pk}/atualizar")

        connected.refresh_from_db()
        assert connected.status == "UPDATING"

    def test_says_why_not_when_the_vendor_is_off(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)

        answer = ana_browser.post(f"/open-finance/{item.pk}/atualizar", follow=True)

        assert "A conexão com bancos está desligada." in text_of(answer)


class TestSync:
    def test_asks_for_a_full_read(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)

        ana_browser.post(f"/open-finance/{item.pk}/sincronizar")

        assert list(Sync.objects.of(bakery).values_list("item_id", "trigger", "is_full")) == [
            (item.pk, "person", True)
        ]


class TestDisconnect:
    def test_keeps_the_history_when_asked(
        self, ana_browser: Client, connected: Item, bakery: Company
    ) -> None:
        ana_browser.post(f"/open-finance/{connected.pk}/desconectar", {"keep_history": "1"})

        assert Item.objects.of(bakery).get().is_disconnected

    def test_erases_everything_when_not(self, ana_browser: Client, connected: Item, bakery: Company) -> None:
        ana_browser.post(f"/open-finance/{connected.pk}/desconectar")

        assert not Item.objects.of(bakery).exists()
        assert not Transaction.objects.of(bakery).exists()


class TestParked:
    def test_asks_a_person_and_takes_the_item_in(
        self, ana_browser: Client, simulator: Simulator, bakery: Company
    ) -> None:
        snapshot = simulator.connect(bakery)
        parked = park(bakery, snapshot.id)
        assert "Uma conexão com Nubank apareceu sem que ninguém aqui a pedisse." in text_of(
            ana_browser.get("/open-finance")
        )

        ana_browser.post(f"/open-finance/sem-dono/{parked.pk}/aceitar")

        assert str(Item.objects.of(bakery).get().pluggy_id) == snapshot.id
        parked.refresh_from_db()
        assert parked.resolved_at is not None

    def test_deletes_a_refused_item_at_the_vendor(
        self, ana_browser: Client, simulator: Simulator, bakery: Company
    ) -> None:
        parked = park(bakery, simulator.connect(bakery).id)

        ana_browser.post(f"/open-finance/sem-dono/{parked.pk}/recusar")

        assert not Item.objects.of(bakery).exists()
        assert "Nubank" not in text_of(ana_browser.get("/open-finance"))

    @pytest.mark.parametrize("deed", ["aceitar", "recusar"])
    def test_is_nobody_elses_to_decide(
        self, bruno_browser: Client, carla_browser: Client, bakery: Company, deed: str
    ) -> None:
        parked = park(bakery, "00000000-0000-0000-0000-000000000001")
        path = f"/open-finance/sem-dono/{parked.pk}/{deed}"

        assert carla_browser.post(path).status_code == 404
        assert bruno_browser.post(path).status_code == 403
        parked.refresh_from_db()
        assert parked.resolved_at is None
