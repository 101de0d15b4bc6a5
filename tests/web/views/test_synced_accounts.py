"""A person chooses which accounts are synced, on a page that works without script."""

import pytest
from tests.billing.test_standing import make_subscription
from tests.builders import make_account, make_connector, make_item
from tests.web.reading import text_of

from financehub.banking import allotting
from financehub.banking.models import Account, Sync
from financehub.companies.models import Company
from financehub.core import clock

pytestmark = pytest.mark.django_db
PAGE = "/contas/sincronizadas"


@pytest.fixture
def accounts(settings, bakery: Company) -> list[Account]:
    """Five accounts of a bank on a plan of three: the first three are synced, the last was never chosen."""
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    make_subscription(bakery)
    item = make_item(company=bakery, connector=make_connector(name="Banco do Bairro"))
    at = clock.now()
    Sync.objects.create(
        company=bakery,
        item=item,
        status="RUNNING",
        trigger="timer",
        due_at=at,
        requested_at=at,
        lease_until=at,
    )
    made = [make_account(item=item, name=f"Conta {number}") for number in range(5)]
    Account.objects.of(bakery).filter(pk=made[4].pk).update(sync_place=None)
    return made


def save(browser, accounts, *chosen):
    shown = [str(accounts[number].pk) for number in (0, 1, 2)]
    return browser.post(PAGE, {"account": [str(accounts[n].pk) for n in chosen], "was": shown}, follow=True)


class TestThePage:
    def test_shows_every_account_and_where_it_stands(self, ana_browser, accounts):
        page = text_of(ana_browser.get(PAGE))
        assert "Seu plano sincroniza 3 contas e cartões." in page
        assert "1 conta espera um plano maior" in page
        assert page.count("· sincronizada") == 3
        assert "Conta 3 conta corrente · espera um plano maior" in page
        assert "Conta 4 conta corrente · só o saldo" in page

    def test_exchanges_one_for_another(self, ana_browser, bakery, accounts):
        page = save(ana_browser, accounts, 0, 2, 4)
        assert "Contas escolhidas." in text_of(page)
        assert allotting.line_of(bakery).synced == tuple(accounts[n].pk for n in (0, 2, 4))

    def test_says_why_not_and_keeps_the_boxes_as_they_were_set(self, ana_browser, bakery, accounts):
        page = save(ana_browser, accounts, 0, 1, 2, 4)
        said = text_of(page, status=403)
        assert "Seu plano sincroniza 3 contas de bancos, e você pediu mais." in said
        assert f'value="{accounts[4].pk}" checked' in page.content.decode()
        assert allotting.line_of(bakery).synced == tuple(accounts[n].pk for n in (0, 1, 2))

    def test_of_two_people_both_are_heard(self, ana_browser, bakery, accounts):
        """Each sends what they saw and what they set: the second takes nothing of the first back."""
        save(ana_browser, accounts, 1, 2)  # leaves 0 out; 3 moves up
        save(ana_browser, accounts, 0, 1)  # another page, as old: leaves 2 out
        assert allotting.line_of(bakery).synced == (accounts[1].pk, accounts[3].pk)

    def test_is_for_who_may_write(self, bruno_browser, accounts):
        assert bruno_browser.get(PAGE).status_code == 403
        assert bruno_browser.post(PAGE).status_code == 403

    def test_knows_no_account_of_others(self, ana_browser, accounts):
        assert ana_browser.post(PAGE, {"account": [str(make_account().pk)]}).status_code == 404
        assert ana_browser.post(PAGE, {"account": ["x"]}).status_code == 404

    def test_has_no_limit_where_nothing_is_sold(self, ana_browser, settings, accounts):
        settings.STRIPE_SECRET_KEY = ""
        assert "Seu plano não tem limite de contas." in text_of(ana_browser.get(PAGE))


class TestElsewhere:
    def test_connections_mark_what_is_not_synced_and_lead_there(self, ana_browser, accounts):
        page = text_of(ana_browser.get("/open-finance"))
        assert "2 contas aparecem só com o saldo" in page
        assert "Escolher as contas" in page
        assert "Conta 4 conta corrente · só o saldo" in page
        assert "Conta 3 conta corrente · espera um plano maior" in page

    def test_an_account_says_that_its_rows_are_not_read(self, ana_browser, accounts):
        assert "Esta conta aparece só com o saldo" in text_of(ana_browser.get(f"/contas/{accounts[4].pk}"))
        assert "Esta conta espera um plano maior" in text_of(ana_browser.get(f"/contas/{accounts[3].pk}"))
        assert "só com o saldo" not in text_of(ana_browser.get(f"/contas/{accounts[0].pk}"))
