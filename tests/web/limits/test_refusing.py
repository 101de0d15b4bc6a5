"""What a plan does not allow is a page: how much there is, how much may be, which plan allows it."""

from datetime import timedelta

import pytest
from tests.api.callers import in_browser
from tests.banking.test_overflow import sync_rows
from tests.billing.test_standing import make_subscription
from tests.builders import make_account, make_item, make_member
from tests.people import signed_in
from tests.web.reading import text_of

from financehub.banking.models import ConnectAttempt, Sync, Transaction
from financehub.billing.models import Subscription
from financehub.companies.models import ApiKey, Company, Invitation, Role
from financehub.core import clock
from financehub.core.errors import LimitReached
from financehub.web.limits import refusing

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter(settings, bakery: Company) -> Company:
    """The bakery on the smallest plan, its trial long over."""
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    Company.objects.filter(pk=bakery.pk).update(created_at=clock.now() - timedelta(days=60))
    make_subscription(bakery)
    return bakery


@pytest.fixture
def lapsed(starter: Company) -> Company:
    """The same after its plan ended."""
    Subscription.objects.of(starter).update(status="canceled")
    return starter


class TestWithoutAPlan:
    def test_connecting_and_reading_are_refused_on_a_page(self, ana_browser, lapsed):
        item = make_item(company=lapsed)
        account = make_account(item=item)
        deeds = [
            ana_browser.get("/conectar"),
            ana_browser.get("/conectar", {"item": str(item.pk)}),
            ana_browser.post(f"/open-finance/{item.pk}/atualizar"),
            ana_browser.post(f"/open-finance/{item.pk}/sincronizar"),
            ana_browser.post(f"/contas/{account.pk}/sincronizar"),
            ana_browser.post(f"/conectar/{item.pk}/tentar"),
        ]
        assert [deed.status_code for deed in deeds] == [403] * 6
        for deed in deeds:
            assert "Fora do seu plano" in text_of(deed, status=403)
            assert "Ver plano e cobrança" in text_of(deed, status=403)
        assert not Sync.objects.of(lapsed).exists()
        assert not ConnectAttempt.objects.of(lapsed).exists()

    @pytest.mark.parametrize(
        "address", ["/", "/transacoes", "/open-finance", "/cartoes", "/leituras", "/revisao", "/assinatura"]
    )
    def test_everything_can_still_be_read(self, ana_browser, lapsed, address):
        make_account(item=make_item(company=lapsed))
        assert ana_browser.get(address).status_code == 200

    def test_the_first_page_and_connections_say_so_once(self, ana_browser, lapsed):
        make_account(item=make_item(company=lapsed))
        for address in ("/", "/open-finance"):
            assert text_of(ana_browser.get(address)).count("A empresa está sem plano") == 1

    def test_nobody_is_invited_and_no_key_is_made(self, ana_browser, lapsed):
        invited = ana_browser.post("/empresa/convites/", {"email": "dora@example.com", "role": "viewer"})
        issued = ana_browser.post("/empresa/chaves/", {"name": "robô", "scopes": ["read"]})
        assert (invited.status_code, issued.status_code) == (403, 403)
        assert "A empresa está sem plano" in text_of(invited, status=403)
        assert not Invitation.objects.of(lapsed).exists()
        assert not ApiKey.objects.of(lapsed).exists()

    def test_a_program_gets_the_contracts_shape_at_every_spelling(self, ana, lapsed):
        item = make_item(company=lapsed)
        account, browser = make_account(item=item), in_browser(ana)
        for address, body in (
            ("/api/banking/pluggy/connect-token/", {}),
            ("/api/pluggy/connect-token", {}),
            ("/api/open-finance/connect-token", {"itemId": str(item.pluggy_id)}),
            (f"/api/banking/accounts/{account.pk}/sync/", {}),
            (f"/api/pluggy/sync/{item.pluggy_id}", {}),
            ("/api/open-finance/sync", {"itemId": str(item.pluggy_id)}),
            (f"/api/banking/accounts/{account.pk}/balance/refresh/", {}),
        ):
            answer = browser.post(address, body)
            told = answer.json()
            assert answer.status_code == 403, address
            assert told["error"]["code"] == "plan_limit_reached"
            facts = [told[name] for name in ("current", "limit", "upgrade_required", "suggested_plan")]
            assert facts == [0, 0, True, "starter"], address


class TestAFullPlan:
    def test_names_numbers_and_the_next_plan(self, ana_browser, starter):
        for _ in range(3):
            make_account(company=starter)
        page = text_of(ana_browser.get("/conectar"), status=403)
        assert "Seu plano sincroniza 3 contas de bancos" in page
        assert "O plano Professional permite." in page
        assert "Em uso: 3 de 3" in page

    def test_speaks_english_to_who_reads_english(self, ana_browser, starter):
        for _ in range(2):
            make_member(company=starter)
        ana_browser.post("/idioma/", {"language": "en", "next": "/"})
        page = ana_browser.post("/empresa/convites/", {"email": "dora@example.com", "role": "viewer"})
        said = text_of(page, status=403)
        assert "Your plan allows 3 people" in said
        assert "The Professional plan allows it." in said

    def test_sends_only_the_owner_to_the_plan(self, starter):
        admin = make_member(company=starter, role=Role.ADMIN)
        make_account(company=starter)
        for _ in range(2):
            make_account(company=starter)
        page = text_of(signed_in(admin.user).get("/conectar"), status=403)
        assert "O dono da empresa pode mudar o plano." in page
        assert "Ver plano e cobrança" not in page
        assert signed_in(admin.user).get("/assinatura").status_code == 403

    def test_the_same_address_can_be_invited_again(self, ana_browser, starter):
        make_member(company=starter)
        for _ in range(2):
            ana_browser.post("/empresa/convites/", {"email": "Dora@example.com", "role": "viewer"})
        assert Invitation.objects.of(starter).count() == 2
        other = ana_browser.post("/empresa/convites/", {"email": "eva@example.com", "role": "viewer"})
        assert other.status_code == 403


def test_a_deed_without_words_of_its_own_says_that_the_plan_ends(bakery):
    assert refusing.said(LimitReached(deed="new of next year")).startswith("A empresa está sem plano")


class TestRowsBeyondThePlan:
    """Kept, in every sum, and shown nowhere one by one: not in lists, not on bills, not by API."""

    @pytest.fixture
    def card(self, starter):
        return make_account(
            company=starter, type="CREDIT", name="Roxinho", balance_cents=100_250, balance_at=clock.now()
        )

    @pytest.fixture
    def hidden(self, card):
        """The last two purchases of a card whose first thousand fill the plan."""
        sync_rows(card, 1000, cents=-100)
        rows = sync_rows(card, 2, cents=-125)
        Transaction.objects.of(card.company).filter(pk__in=[row.pk for row in rows]).update(
            description="Escondida"
        )
        return rows

    @pytest.mark.parametrize("address", ["/transacoes", "/cartoes", "/cartoes/{card}", "/contas/{card}"])
    def test_are_on_no_page_and_the_page_says_how_many(self, ana_browser, card, hidden, address):
        page = text_of(ana_browser.get(address.format(card=card.pk)))
        assert "2 lançamentos novos ficam visíveis após mudar de plano." in page
        assert "Nada se perdeu: eles já contam nos saldos e nas somas" in page
        assert "Escondida" not in page
        assert "Padaria" in page

    def test_are_in_the_sums(self, ana_browser, ana, starter, card, hidden):
        assert "Saiu R$ 1.002,50 Lançamentos 1.002" in text_of(ana_browser.get("/transacoes"))
        assert "Saiu no mês R$ 1.002,50" in text_of(ana_browser.get("/"))
        used = in_browser(ana).get("/api/payments/subscription/").json()
        assert (used["transactions"]["current"], used["hiddenTransactions"]) == (1002, 2)

    def test_are_refused_one_by_one(self, ana_browser, ana, hidden):
        program, key = in_browser(ana), hidden[0].pk
        page = text_of(ana_browser.get(f"/transacoes/{key}"), status=403)
        assert "Este lançamento passou dos 1000 do seu plano" in page
        answer = program.get(f"/api/banking/transactions/{key}/")
        assert answer.status_code == 403
        facts = [answer.json()[name] for name in ("current", "limit", "suggested_plan")]
        assert facts == [1002, 1000, "professional"]
        assert program.call("PATCH", f"/api/banking/transactions/{key}/", {"note": "x"}).status_code == 403
        assert ana_browser.post(f"/transacoes/{key}/editar", {"note": "x"}).status_code == 403
        assert Transaction.objects.of(hidden[0].company_id).get(pk=key).own_note is None

    def test_are_in_no_answer_of_the_api(self, ana, card, hidden):
        program, found, after = in_browser(ana), set(), None
        while True:
            page = program.get(
                f"/api/banking/transactions/?limit=500{f'&after={after}' if after else ''}"
            ).json()
            found |= {row["id"] for row in page["results"]}
            after = page["next"]
            if after is None:
                break
        assert len(found) == 1000
        assert not found & {str(row.pk) for row in hidden}
        month = program.get("/api/banking/cards/").json()["cards"][0]["openBill"]["month"]
        bill = program.get(f"/api/banking/cards/{card.pk}/bills/{month}/").json()
        assert bill["totalCents"] == 100_250
        assert len(bill["rows"]) == 1000

    def test_come_into_sight_with_a_larger_plan(self, ana_browser, card, hidden):
        Subscription.objects.of(card.company).update(plan_id="professional")
        page = text_of(ana_browser.get("/transacoes"))
        assert page.count("Escondida") == 2
        assert "ficam visíveis" not in page
