"""Readings with their receipts, the retry queue, and a connection that explains itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.builders import make_account, make_connector, make_item
from tests.web.reading import text_of

from financehub.banking.models import Consent, ConsentRenewal, Item, MonthFinding, Sync, SyncAccount
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db

SUMS = {"read": 5, "new": 1, "changed": 1, "unchanged": 2, "returned": 1, "withdrawn": 3, "known_before": 6}


def add(item: Item, **fields: Any) -> Sync:
    at = clock.now()
    values = {"trigger": "timer", "status": "SUCCEEDED", "due_at": at, "requested_at": at, **fields}
    return Sync.objects.create(company=item.company, item=item, **values)


def open_finance_item(company: Company, **fields: Any) -> Item:
    connector = make_connector(id=601, name="Banco Aberto", is_open_finance=True, is_sandbox=False)
    return make_item(company=company, connector=connector, **fields)


class TestSyncs:
    def test_lists_every_reading_with_what_became_of_it(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)
        add(item, read_rows=True, requests=9, **SUMS)
        add(item, requests=1)
        page = text_of(ana_browser.get("/leituras"))
        assert "Pluggy Bank · 1 nova · 1 alterada · 5 lidas" in page
        assert "Pluggy Bank · Sem novidade agora · rotina · 1 pedido concluída" in page

    def test_is_a_retry_queue_when_asked(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)
        add(item)
        add(item, status="FAILED", error_code="ITEM_DELETED")
        add(item, status="PENDING", error_code="TIMEOUT", due_at=clock.now() + timedelta(minutes=2))
        page = text_of(ana_browser.get("/leituras?situacao=failed"))
        assert "O provedor demorou demais para responder." in page
        assert "vai tentar de novo hoje às" in page or "vai tentar de novo amanhã às" in page
        assert "Esta conexão não existe mais no provedor." in page
        assert "Sem novidade" not in page

    def test_filters_by_bank_and_reason(self, ana_browser: Client, bakery: Company) -> None:
        item, other = make_item(company=bakery), open_finance_item(bakery)
        add(item)
        add(other, trigger="person")
        page = text_of(ana_browser.get(f"/leituras?banco={other.pk}&motivo=person"))
        assert "Banco Aberto · Sem novidade" in page
        assert "Pluggy Bank · Sem novidade" not in page

    def test_understands_no_nonsense(self, ana_browser: Client, bakery: Company) -> None:
        assert "Nenhuma leitura aqui" in text_of(ana_browser.get("/leituras?banco=x&situacao=y&antes=z"))
        assert "Nada falhou" in text_of(ana_browser.get("/leituras?situacao=failed"))

    def test_goes_on_page_by_page(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)
        for minutes in range(31):
            add(item, requested_at=clock.now() - timedelta(minutes=minutes))
        answer = ana_browser.get("/leituras")
        assert text_of(answer).count("Sem novidade") == 30
        assert text_of(ana_browser.get(f"/leituras?{answer.context['older']}")).count("Sem novidade") == 1

    def test_speaks_english(self, ana_browser: Client, bakery: Company) -> None:
        add(make_item(company=bakery))
        ana_browser.cookies["django_language"] = "en"
        page = text_of(ana_browser.get("/leituras"))
        assert "Pluggy Bank · No news" in page


class TestSync:
    def test_shows_both_sums_adding_up_for_each_account(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)
        account = make_account(company=bakery, item=item, name="Conta Corrente")
        done = add(
            item,
            read_rows=True,
            requests=12,
            pages=3,
            window_from=clock.today(),
            products={"accounts": {"read": 3, "new": 0, "changed": 1, "unchanged": 2}},
            warnings=[{"product": "transactions", "code": "TXN_003", "message": "limit"}],
            **SUMS,
        )
        SyncAccount.objects.create(company=bakery, sync=done, account=account, pages=3, **SUMS)
        page = text_of(ana_browser.get(f"/leituras/{done.pk}"))
        first = "Linhas lidas: 5 = 1 novas + 1 alteradas + 2 iguais + 1 que voltaram + 0 para revisar fecha"
        second = "Linhas já conhecidas: 6 = 1 alteradas + 2 iguais + 3 retiradas pelo banco fecha"
        assert page.count(first) == page.count(second) == 2
        assert "Conta Corrente" in page
        assert "Pedidos ao provedor 12" in page
        assert "Contas: 3 = 0 novos + 1 alterados + 2 iguais" in page
        assert "Transações: O limite mensal do Open Finance acabou." in page

    def test_says_what_failed_and_when_it_is_tried_again(self, ana_browser: Client, bakery: Company) -> None:
        waiting = add(
            make_item(company=bakery),
            status="PENDING",
            error_code="SERVICE_UNAVAILABLE",
            error_action="retry_with_backoff",
            error_message="Service down",
            due_at=clock.now() + timedelta(minutes=2),
        )
        page = text_of(ana_browser.get(f"/leituras/{waiting.pk}"))
        assert "O provedor está com problemas. Vamos tentar de novo sozinhos. Nova tentativa:" in page
        assert "O provedor diz: “Service down” tentamos de novo sozinhos · SERVICE_UNAVAILABLE" in page

    def test_offers_the_next_attempt_now_to_who_may_write(
        self, ana_browser: Client, bruno_browser: Client, bakery: Company
    ) -> None:
        failed = add(make_item(company=bakery), status="FAILED", error_code="SERVICE_UNAVAILABLE")
        assert "Tentar agora" in text_of(ana_browser.get(f"/leituras/{failed.pk}"))
        assert "Tentar agora" not in text_of(bruno_browser.get(f"/leituras/{failed.pk}"))

    def test_is_not_there_for_a_stranger(self, carla_browser: Client, bakery: Company) -> None:
        done = add(make_item(company=bakery))
        assert carla_browser.get(f"/leituras/{done.pk}").status_code == 404


class TestConnection:
    def test_explains_itself(self, ana_browser: Client, bakery: Company) -> None:
        now = clock.now()
        item = make_item(
            company=bakery,
            status="OUTDATED",
            execution_status="SITE_NOT_AVAILABLE",
            error_code="SITE_NOT_AVAILABLE",
            error_provider_message="Manutenção",
            failing_since=now - timedelta(hours=2),
            look_again_at=now + timedelta(hours=2),
        )
        add(item, status="FAILED", error_code="TIMEOUT")
        page = text_of(ana_browser.get(f"/conexoes/{item.pk}"))
        assert "O banco está fora do ar." in page
        assert "O banco diz: “Manutenção”" in page
        assert "Olhamos de novo sozinhos, cada vez mais espaçado. SITE_NOT_AVAILABLE" in page
        assert "Falhando há 2 h" in page
        assert "O provedor demorou demais para responder." in page

    def test_says_which_product_stands_still_since_when(self, ana_browser: Client, bakery: Company) -> None:
        detail = {
            "transactions": {
                "isUpdated": False,
                "lastUpdatedAt": "2026-11-03T12:00:00.000Z",
                "warnings": [{"code": "423", "message": "limit", "providerMessage": "Limite atingido"}],
            },
            "loans": {"isUpdated": False, "lastUpdatedAt": None},
            "accounts": {"isUpdated": True, "lastUpdatedAt": "2026-11-20T12:00:00.000Z"},
            "identity": None,
        }
        item = make_item(company=bakery, execution_status="PARTIAL_SUCCESS", status_detail=detail)
        page = text_of(ana_browser.get(f"/conexoes/{item.pk}"))
        assert "Transações parado desde 03/11/2026 09:00" in page
        assert "O limite mensal do Open Finance acabou." in page
        assert "“Limite atingido”" in page
        assert "Empréstimos ainda não coletado" in page
        assert "Contas em dia" in page
        card = text_of(ana_browser.get("/open-finance"))
        assert "Transações: parado desde 03/11/2026 09:00; o que já veio continua aqui." in card

    def test_shows_what_the_night_found(self, ana_browser: Client, bakery: Company) -> None:
        item = make_item(company=bakery)
        MonthFinding.objects.create(
            company=bakery,
            account=make_account(company=bakery, item=item, name="Conta"),
            month=clock.today().replace(month=1, day=1),
            reason="differed",
            vendor_count=10,
            vendor_cents=-12345,
            our_count=9,
            our_cents=-12000,
            new=1,
            found_at=clock.now(),
            healed_at=clock.now(),
        )
        page = text_of(ana_browser.get(f"/conexoes/{item.pk}"))
        told = page.replace("\N{NO-BREAK SPACE}", " ")
        assert "· Conta No provedor 10 · -R$ 123,45; aqui 9 · -R$ 120,00" in told
        assert "(contagem ou soma diferente). Corrigido: 1 novas, 0 alteradas, 0 retiradas. corrigido" in told

    def test_says_that_a_consent_ends_and_offers_the_one_click(
        self, ana_browser: Client, bakery: Company
    ) -> None:
        ends = clock.now() + timedelta(days=3)
        item = open_finance_item(bakery, consent_expires_at=ends, products=["ACCOUNTS", "LOANS"])
        Consent.objects.create(
            company=bakery, item=item, pluggy_id=item.pk, granted_at=clock.now(), products=["ACCOUNTS"]
        )
        ConsentRenewal.objects.create(
            company=bakery,
            item=item,
            day=clock.today(),
            expires_at=ends,
            attempted_at=clock.now(),
            outcome="asked",
        )
        for path in ("/open-finance", f"/conexoes/{item.pk}"):
            answer = ana_browser.get(path)
            page = text_of(answer)
            assert "A autorização vence nos próximos dias." in page
            assert "Pedimos a você que reconecte, agora." in page
            assert "Não autorizado no banco: Empréstimos." in page
            assert f'href="/conectar?item={item.pk}">Reconectar' in answer.content.decode()

    def test_says_that_a_consent_was_revoked_and_keeps_its_history(
        self, ana_browser: Client, bakery: Company
    ) -> None:
        item = open_finance_item(bakery)
        account = make_account(company=bakery, item=item, name="Conta guardada")
        Consent.objects.create(
            company=bakery, item=item, pluggy_id=item.pk, granted_at=clock.now(), revoked_at=clock.now()
        )
        page = text_of(ana_browser.get("/open-finance"))
        assert "A autorização foi cancelada no banco. Nada novo vem; o histórico continua aqui." in page
        assert account.name in page

    def test_offers_meu_pluggy_neither_refresh_nor_renewal(
        self, ana_browser: Client, bakery: Company
    ) -> None:
        connector = make_connector(id=200, name="MeuPluggy", is_sandbox=False)
        item = make_item(
            company=bakery,
            connector=connector,
            status="OUTDATED",
            execution_status="USER_AUTHORIZATION_REVOKED",
        )
        for path in ("/open-finance", f"/conexoes/{item.pk}"):
            markup = ana_browser.get(path).content.decode()
            assert f"/open-finance/{item.pk}/atualizar" not in markup
            assert f"item={item.pk}" not in markup
            assert "Conectar de novo" in markup

    def test_is_not_there_for_a_stranger(self, carla_browser: Client, bakery: Company) -> None:
        assert carla_browser.get(f"/conexoes/{make_item(company=bakery).pk}").status_code == 404
