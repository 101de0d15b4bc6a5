"""PyPI's `pluggy-sdk` over every endpoint; each answer is compared key by key with the SDK's own models."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pluggy_sdk as sdk
import pytest
from tests.contract.endpoints import ENDPOINTS
from tests.contract.official import OfficialClient, refusal
from tests.simulator import Simulator

GOOD = {"user": "user-ok", "password": "password-ok"}
NOBODY = "00000000-0000-4000-8000-000000000000"
RUN = 10.0


@dataclass
class Bank:
    """The SDK beside the control plane."""

    sdk: OfficialClient
    simulator: Simulator

    def connect(self, connector_id: int = 2, parameters: dict[str, str] | None = None) -> sdk.Item:
        """An item whose first run has ended (or waits for its person)."""
        wanted = sdk.CreateItem(
            connector_id=connector_id,
            parameters=sdk.CreateItemParameters(parameters or GOOD),
            client_user_id="person-1",
        )
        item = sdk.ItemsApi(self.sdk).items_create(wanted)
        self.simulator.advance(RUN)
        return self.look(item)

    def consent(self, connector_id: int = 612, cpf: str = "761.092.776-73") -> sdk.Item:
        """An Open Finance item whose person said yes at the bank."""
        item = self.connect(connector_id, {"cpf": cpf})
        self.simulator.control(f"/items/{item.id}/approve")
        self.simulator.advance(RUN)
        return self.look(item)

    def switch(self, **switches: bool) -> None:
        httpx.patch(f"{self.simulator.url}/_control/switches", json=switches).raise_for_status()

    def look(self, item: sdk.Item) -> sdk.Item:
        return sdk.ItemsApi(self.sdk).items_retrieve(key(item))

    def accounts(self, item: sdk.Item) -> list[sdk.Account]:
        return sdk.AccountApi(self.sdk).accounts_list(key(item)).results


@pytest.fixture(scope="module")
def bank(official: OfficialClient, sandbox: Simulator) -> Bank:
    return Bank(official, sandbox)


@pytest.fixture(scope="module")
def item(bank: Bank) -> sdk.Item:
    return bank.connect()


@pytest.fixture(scope="module")
def remote(bank: Bank) -> sdk.Item:
    return bank.consent()


def key(row: object) -> str:
    """The SDK types ids as UUID here and str there; its methods take the text everywhere."""
    return str(row.id)


class TestConnecting:
    def test_connect_token(self, bank: Bank) -> None:
        asked = sdk.ConnectTokenRequest(
            options=sdk.ItemOptions(client_user_id="person-1", avoid_duplicates=True)
        )
        token = sdk.AuthApi(bank.sdk).connect_token_create(asked).access_token
        assert token.count(".") == 2

    def test_connectors(self, bank: Bank) -> None:
        api = sdk.ConnectorApi(bank.sdk)
        everyone = api.connectors_list(countries=["BR"], sandbox=True, health_details=True).results
        assert len({row.name for row in everyone if not row.is_sandbox}) >= 150
        assert {0, 2, 5, 600} <= {row.id for row in everyone if row.is_sandbox}
        assert not any(row.is_sandbox for row in api.connectors_list(types=["BUSINESS_BANK"]).results)
        assert {row.name for row in api.connectors_list(name="nubank").results} >= {"Nubank"}
        assert all(row.is_open_finance for row in api.connectors_list(is_open_finance=True).results)
        assert api.connector_retrieve(601, health_details=True).name == "Itaú"

    def test_validation_of_credentials(self, bank: Bank) -> None:
        api = sdk.ConnectorApi(bank.sdk)
        wrong = api.connectors_validate(2, {"user": "nobody", "password": "password-ok"})
        assert [problem.parameter for problem in wrong.errors] == ["user"]
        assert api.connectors_validate(2, GOOD).errors == []

    def test_item_of_a_direct_bank(self, item: sdk.Item) -> None:
        assert (item.status, item.execution_status, item.error) == ("UPDATED", "SUCCESS", None)
        assert item.connector.id == 2

    def test_item_of_open_finance(self, remote: sdk.Item) -> None:
        assert (remote.status, remote.execution_status) == ("UPDATED", "SUCCESS")
        assert remote.resources_collected_at is not None

    def test_wrong_password(self, bank: Bank) -> None:
        refused = bank.connect(2, {"user": "user-ok", "password": "password-wrong"})
        assert (refused.status, refused.execution_status) == ("LOGIN_ERROR", "INVALID_CREDENTIALS")
        assert refused.error.code == "INVALID_CREDENTIALS"

    @pytest.mark.parametrize(
        ("connector_id", "user", "status"),
        [
            (2, "user-ok-account-error", "PARTIAL_SUCCESS"),
            (2, "user-ok-account-warning", "SUCCESS"),
            (2, "user-locked", "ACCOUNT_LOCKED"),
            (2, "user-ok-two-checking-accounts", "SUCCESS"),
            (10, "user-ok", "SUCCESS"),
            (11, "user-ok", "SUCCESS"),
            (15, "user-ok", "SUCCESS"),
            (16, "user-ok", "SUCCESS"),
        ],
    )
    def test_sandbox_users(self, bank: Bank, connector_id: int, user: str, status: str) -> None:
        assert (
            bank.connect(connector_id, {"user": user, "password": "password-ok"}).execution_status == status
        )

    @pytest.mark.parametrize(
        ("connector_id", "user", "kind"),
        [
            (2, "user-ok-img", "image"),
            (2, "user-ok-select", "select"),
            (2, "user-ok-phone", "select"),
            (2, "user-ok-multi-company", "select"),
            (5, "user-ok", "number"),
            (7, "user-ok", "image"),
            (8, "user-ok", "select"),
            (9, "user-ok", "select"),
        ],
    )
    def test_questions_of_every_kind(self, bank: Bank, connector_id: int, user: str, kind: str) -> None:
        asked = bank.connect(connector_id, {"user": user, "password": "password-ok"})
        assert (asked.status, asked.parameter.type) == ("WAITING_USER_INPUT", kind)
        options = asked.parameter.options
        answer = options[0].value if options else "123456"
        sdk.ItemsApi(bank.sdk).items_send_mfa(key(asked), {asked.parameter.name: answer})
        bank.simulator.advance(RUN)
        assert bank.look(asked).execution_status == "SUCCESS"

    def test_a_qr_code_and_a_device(self, bank: Bank) -> None:
        for connector_id in (6, 12):
            waiting = bank.connect(connector_id)
            assert waiting.status == "WAITING_USER_ACTION", waiting.connector.name
            assert waiting.user_action.type in {"qr", "authorize-access"}

    def test_update_with_new_and_with_no_credentials(self, bank: Bank, item: sdk.Item) -> None:
        api = sdk.ItemsApi(bank.sdk)
        again = api.items_update(key(item), sdk.UpdateItem(parameters=sdk.UpdateItemParameters(GOOD)))
        assert again.status == "UPDATING"
        bank.simulator.advance(RUN)
        assert api.items_update(key(item), sdk.UpdateItem()).status == "UPDATING"
        bank.simulator.advance(RUN)
        assert bank.look(item).execution_status == "SUCCESS"

    def test_auto_sync_off(self, bank: Bank, remote: sdk.Item) -> None:
        stopped = sdk.ItemsApi(bank.sdk).items_disable_autosync(key(remote))
        assert stopped.next_auto_sync_at is None

    def test_list_of_items(self, bank: Bank, item: sdk.Item) -> None:
        api = sdk.ItemsApi(bank.sdk)
        bank.switch(itemsList=True)
        found = api.items_list_by_cursor(client_user_id="person-1", connector_id=2).results
        assert str(item.id) in {str(row.id) for row in found}

    def test_resources_and_consents(self, bank: Bank, remote: sdk.Item) -> None:
        resources = sdk.ItemsApi(bank.sdk).items_resources(key(remote), page=1, page_size=500)
        assert {"ACCOUNT", "CREDIT_CARD_ACCOUNT"} <= {row.type for row in resources.results}
        consents = sdk.ConsentApi(bank.sdk).consents_list(key(remote)).results
        assert len(consents) == 1
        assert sdk.ConsentApi(bank.sdk).consent_retrieve(key(consents[0])).products == consents[0].products

    def test_credit_registry(self, bank: Bank, remote: sdk.Item) -> None:
        bank.switch(scr=True)
        answer = sdk.SCRApi(bank.sdk).items_retrieve_scr(key(remote))
        assert answer.cd_cli == "76109277673"[:8] or answer.cd_cli

    def test_delete(self, bank: Bank) -> None:
        gone = bank.connect()
        assert sdk.ItemsApi(bank.sdk).items_delete(key(gone)).count == 1
        with pytest.raises(sdk.ApiException) as refused:
            bank.look(gone)
        assert refusal(refused.value)[:2] == (404, "ITEM_NOT_FOUND")


class TestAccounts:
    def test_list_and_retrieve(self, bank: Bank, item: sdk.Item) -> None:
        api = sdk.AccountApi(bank.sdk)
        accounts = api.accounts_list(key(item)).results
        assert [row.subtype for row in accounts] == ["CHECKING_ACCOUNT", "SAVINGS_ACCOUNT", "CREDIT_CARD"]
        assert [row.subtype for row in api.accounts_list(key(item), type="CREDIT").results] == ["CREDIT_CARD"]
        for account in accounts:
            assert api.accounts_retrieve(key(account)) == account

    def test_statements(self, bank: Bank, item: sdk.Item) -> None:
        found = sdk.AccountApi(bank.sdk).account_statements_list(key(bank.accounts(item)[0])).results
        assert len(found) == 12

    def test_live_balance(self, bank: Bank, remote: sdk.Item) -> None:
        account = bank.accounts(remote)[0]
        live = sdk.AccountApi(bank.sdk).account_balance_get(key(account))
        assert (live.balance, live.currency_code) == (account.balance, "BRL")


@pytest.mark.filterwarnings("ignore:GET /transactions is deprecated:DeprecationWarning")
class TestTransactions:
    @pytest.mark.parametrize("kind", ["item", "remote"])
    def test_every_row_by_both_paginations(
        self, bank: Bank, request: pytest.FixtureRequest, kind: str
    ) -> None:
        api = sdk.TransactionApi(bank.sdk)
        for account in bank.accounts(request.getfixturevalue(kind)):
            first = api.transactions_list(key(account), page_size=500, page=1)
            pages = [
                api.transactions_list(key(account), page_size=500, page=n)
                for n in range(2, int(first.total_pages) + 1)
            ]
            by_number = [row.id for page in [first, *pages] for row in page.results]
            by_cursor = [row.id for row in everything(api, key(account))]
            assert by_cursor == by_number
            assert len(set(by_cursor)) == first.total

    def test_filters(self, bank: Bank, item: sdk.Item) -> None:
        api, account = sdk.TransactionApi(bank.sdk), bank.accounts(item)[0]
        start, end = (
            datetime.fromisoformat("2026-09-01T00:00:00Z"),
            datetime.fromisoformat("2026-09-30T00:00:00Z"),
        )
        rows = api.transactions_list_by_cursor(key(account), date_from=start, date_to=end).results
        assert rows
        assert all(start <= row.var_date <= end for row in rows)
        chosen = [key(row) for row in rows[:3]]
        assert [
            key(row) for row in api.transactions_list_by_cursor(key(account), ids=chosen).results
        ] == chosen
        late = datetime.fromisoformat("2030-01-01T00:00:00Z")
        assert api.transactions_list_by_cursor(key(account), created_at_from=late).results == []

    def test_retrieve_and_categorise(self, bank: Bank, item: sdk.Item) -> None:
        api, account = sdk.TransactionApi(bank.sdk), bank.accounts(item)[0]
        row = api.transactions_list_by_cursor(key(account)).results[-1]
        changed = api.transactions_update(key(row), sdk.UpdateTransaction(category_id="13000000"))
        assert (changed.category, changed.category_id) == ("Donations", "13000000")
        assert api.transactions_retrieve(key(row)) == changed

    def test_bill_lines_add_up(self, bank: Bank, item: sdk.Item) -> None:
        card = bank.accounts(item)[-1]
        bills = sdk.BillApi(bank.sdk).bills_list(key(card), page_size=500, page=1).results
        assert len(bills) == 24
        assert sdk.BillApi(bank.sdk).bills_retrieve(key(bills[0])).total_amount == bills[0].total_amount
        lines = sdk.TransactionApi(bank.sdk).transactions_list(key(card), bill_id=key(bills[0])).results
        moved = sum(round(100 * (row.amount_in_account_currency or row.amount)) for row in lines)
        assert moved == round(100 * (bills[0].total_amount - bills[1].total_amount))


class TestOtherProducts:
    @pytest.mark.parametrize("connector_id", [2, 10, 15])
    def test_investments_and_their_movements(self, bank: Bank, connector_id: int) -> None:
        holder, api = bank.connect(connector_id), sdk.InvestmentApi(bank.sdk)
        investments = api.investments_list(key(holder), page_size=500, page=1).results
        assert investments
        for investment in investments:
            assert api.investments_retrieve(key(investment)).balance == investment.balance
            assert api.investment_transactions_list(key(investment)).results

    def test_loans(self, bank: Bank, item: sdk.Item) -> None:
        loans = sdk.LoanApi(bank.sdk).loans_list(key(item)).results
        assert [row.kind for row in loans] == ["FINANCING"]
        assert sdk.LoanApi(bank.sdk).loans_retrieve(key(loans[0])) == loans[0]

    @pytest.mark.parametrize(
        ("connector_id", "name"), [(2, "Ana Beatriz Carvalho Lima"), (10, "Café Serra Alta Comércio Ltda")]
    )
    def test_identity(self, bank: Bank, connector_id: int, name: str) -> None:
        api = sdk.IdentityApi(bank.sdk)
        identity = api.identity_find_by_item(key(bank.connect(connector_id)))
        assert identity.full_name == name
        assert api.identity_retrieve(key(identity)) == identity

    def test_categories(self, bank: Bank) -> None:
        api = sdk.CategoryApi(bank.sdk)
        assert api.categories_list().total == 130
        children = api.categories_list(parent_id="07010000").results
        assert {row.parent_id for row in children} == {"07010000"}
        assert api.categories_retrieve("05070000").description == "Transfer - PIX"

    def test_category_rules(self, bank: Bank) -> None:
        api = sdk.CategoryApi(bank.sdk)
        wanted = sdk.CreateClientCategoryRule(
            description="padaria", category_id="11010000", match_type="contains"
        )
        rule = api.client_category_rules_create(wanted)
        assert rule.category == "Eating out"
        assert [row.id for row in api.client_category_rules_list().results] == [rule.id]
        api.client_category_rules_delete(key(rule))
        assert api.client_category_rules_list().results == []

    def test_merchants(self, bank: Bank, item: sdk.Item) -> None:
        rows = everything(sdk.TransactionApi(bank.sdk), key(bank.accounts(item)[-1]))
        known = next(row.merchant.cnpj for row in rows if row.merchant and row.merchant.cnpj)
        answer = sdk.MerchantApi(bank.sdk).merchants_get_by_cnpj(cnpjs=f"{known},11222333000181,123")
        assert [row.cnpj for row in answer.found_merchants] == [known]
        assert (answer.not_found_merchants, answer.invalid_cnpjs) == (["11222333000181"], ["123"])

    def test_webhooks(self, bank: Bank) -> None:
        api = sdk.WebhookApi(bank.sdk)
        wanted = sdk.CreateWebhook(
            event="item/updated", url="http://127.0.0.1:9/hook", headers={"X-Key": "secret"}
        )
        made = api.webhooks_create(wanted)
        assert made.headers == {"X-Key": "secret"}
        changed = api.webhooks_update(key(made), sdk.UpdateWebhook(event="all", enabled=True))
        assert changed.event == "all"
        assert api.webhooks_retrieve(key(made)) == changed
        assert [row.id for row in api.webhooks_list().results] == [made.id]
        assert api.webhooks_delete(key(made)).count == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("ask", "code"),
        [
            (lambda client: sdk.ItemsApi(client).items_retrieve(NOBODY), "ITEM_NOT_FOUND"),
            (lambda client: sdk.AccountApi(client).accounts_retrieve(NOBODY), "ACCOUNT_NOT_FOUND"),
            (
                lambda client: sdk.TransactionApi(client).transactions_retrieve(NOBODY),
                "TRANSACTION_NOT_FOUND",
            ),
            (lambda client: sdk.BillApi(client).bills_retrieve(NOBODY), "CREDIT_CARD_BILL_NOT_FOUND"),
            (lambda client: sdk.InvestmentApi(client).investments_retrieve(NOBODY), "INVESTMENT_NOT_FOUND"),
            (lambda client: sdk.LoanApi(client).loans_retrieve(NOBODY), "LOAN_NOT_FOUND"),
            (lambda client: sdk.ConsentApi(client).consent_retrieve(NOBODY), "CONSENT_NOT_FOUND"),
            (lambda client: sdk.WebhookApi(client).webhooks_retrieve(NOBODY), "WEBHOOK_NOT_FOUND"),
            (lambda client: sdk.CategoryApi(client).categories_retrieve("1"), "CATEGORY_NOT_FOUND"),
            (lambda client: sdk.ConnectorApi(client).connector_retrieve(999999), "CONNECTOR_NOT_FOUND"),
        ],
    )
    def test_what_does_not_exist_is_named(self, bank: Bank, ask, code: str) -> None:
        with pytest.raises(sdk.ApiException) as refused:
            ask(bank.sdk)
        assert refusal(refused.value)[:2] == (404, code)

    def test_without_a_key(self, sandbox: Simulator) -> None:
        with pytest.raises(sdk.ApiException) as refused:
            sdk.CategoryApi(OfficialClient(sandbox.url)).categories_list()
        assert refusal(refused.value) == (403, None, "Missing or invalid authorization token")

    def test_wrong_keys(self, sandbox: Simulator) -> None:
        wrong = sdk.AuthRequest(client_id=NOBODY, client_secret="wrong")
        with pytest.raises(sdk.ApiException) as refused:
            sdk.AuthApi(OfficialClient(sandbox.url)).auth_create(wrong)
        assert refusal(refused.value)[:2] == (401, "CLIENT_KEYS_UNAUTHORIZED")


def everything(api: sdk.TransactionApi, account: str) -> list[sdk.Transaction]:
    """All rows of an account by cursor, as the vendor tells: send back only the decoded `after`."""
    rows, after = [], None
    while True:
        page = api.transactions_list_by_cursor(account, after=after)
        rows += page.results
        if page.next is None:
            return rows
        after = cursor_of(page.next)


def cursor_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["after"][0]


def test_every_endpoint_was_driven(official: OfficialClient) -> None:
    """Stands last: what the tests above asked covers the vendor's list."""
    assert ENDPOINTS - official.calls == set()
