"""The product's own client drives every endpoint of the simulator."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import httpx
import pytest

from financehub.providers.pluggy import ClientSettings, PluggyClient
from financehub.providers.pluggy.errors import (
    InvalidCredentials,
    PluggyAuthFailed,
    PluggyDenied,
    PluggyGarbled,
    PluggyNotFound,
    PluggyRateLimited,
    PluggyRejected,
    PluggyUnavailable,
)
from financehub.providers.pluggy.limits import Unlimited
from financehub.providers.pluggy.shapes.accounts import Account, AccountType
from financehub.providers.pluggy.shapes.categories import NewCategoryRule
from financehub.providers.pluggy.shapes.items import Item, ItemOptions, ItemStatus, NewItem
from financehub.providers.pluggy.shapes.transactions import TransactionRow
from financehub.providers.pluggy.shapes.webhooks import NewWebhook, WebhookChanges

UNKNOWN = "00000000-0000-4000-8000-000000000000"
USER_OK = {"user": "user-ok", "password": "password-ok"}
CPF_OK = {"cpf": "76109277673"}


@dataclass
class Bank:
    """The simulator as its control plane shows it: the clock moves when a test says so."""

    client: PluggyClient
    control: httpx.Client

    def advance(self, seconds: float) -> None:
        self.control.post("clock", json={"seconds": seconds}).raise_for_status()

    def switch(self, **switches: object) -> None:
        self.control.patch("switches", json=switches).raise_for_status()

    def act(self, item: Item, action: str) -> None:
        self.control.post(f"items/{item.id}/{action}").raise_for_status()

    def connect(self, connector_id: int = 2, parameters: dict[str, str] | None = None) -> Item:
        item = self.client.create_item(
            NewItem(connector_id=connector_id, parameters=parameters or USER_OK, client_user_id="person-1")
        )
        self.advance(30)
        return self.client.fetch_item(item.id)


@pytest.fixture(scope="module")
def bank(running_simulator) -> Iterator[Bank]:
    with (
        PluggyClient(
            client_id=running_simulator.client_id,
            client_secret=running_simulator.client_secret,
            base_url=running_simulator.url,
            limiter=Unlimited(),
            settings=ClientSettings(attempts=1),
        ) as client,
        httpx.Client(base_url=f"{running_simulator.url}/_control/", trust_env=False) as control,
    ):
        here = Bank(client, control)
        here.switch(rateLimits=False, itemsList=True, scr=True)
        yield here
        control.post("reset", json={}).raise_for_status()


@pytest.fixture(scope="module")
def item(bank: Bank) -> Item:
    return bank.connect()


@pytest.fixture(scope="module")
def open_finance_item(bank: Bank) -> Item:
    """An Item of Open Finance whose person said yes at the bank."""
    item = bank.connect(600, CPF_OK)
    bank.act(item, "approve")
    bank.advance(30)
    return bank.client.fetch_item(item.id)


@pytest.fixture(scope="module")
def checking(bank: Bank, item: Item) -> Account:
    return bank.client.fetch_accounts(item.id, AccountType.BANK)[0]


@pytest.fixture(scope="module")
def card(bank: Bank, item: Item) -> Account:
    return bank.client.fetch_accounts(item.id, AccountType.CREDIT)[0]


def rows_of(bank: Bank, account: Account, **filters: object) -> list[TransactionRow]:
    pages = bank.client.iter_transaction_pages(account.id, **filters)
    return [row for page in pages for row in page.rows]


class TestConnectors:
    def test_are_listed_by_country(self, bank):
        connectors = bank.client.list_connectors(country="BR")
        assert len(connectors) >= 150
        assert not any(connector.is_sandbox for connector in connectors)
        assert bank.client.list_connectors(country="XX") == []

    def test_include_the_sandbox_ones_when_asked(self, bank):
        (named,) = [one for one in bank.client.list_connectors(sandbox=True) if one.id == 2]
        assert (named["name"], named["id"], named.is_sandbox) == ("Pluggy Bank", 2, True)

    def test_are_filtered(self, bank):
        found = bank.client.list_connectors(types=["INVESTMENT"], is_open_finance=False)
        assert {(one.type, one.is_open_finance) for one in found} <= {("INVESTMENT", False)}
        assert all("ita" in one.name.lower() for one in bank.client.list_connectors(name="ita"))

    def test_are_read_one_by_one_with_their_health(self, bank):
        connector = bank.client.fetch_connector(2, health_details=True)
        assert connector.health.details.connections_last6_hours is not None
        assert [field.name for field in connector.credentials] == ["user", "password"]

    def test_check_a_form_without_using_it(self, bank):
        assert bank.client.validate_connector(2, USER_OK).errors == []
        wrong = bank.client.validate_connector(2, {"user": "x", "password": "password-ok"})
        assert [error.parameter for error in wrong.errors] == ["user"]

    def test_unknown_is_not_found(self, bank):
        with pytest.raises(PluggyNotFound) as failure:
            bank.client.fetch_connector(999_999)
        assert failure.value.code == "CONNECTOR_NOT_FOUND"


class TestItems:
    def test_end_updated_with_exact_moments(self, item):
        assert (item.status, item.execution_status) == (ItemStatus.UPDATED, "SUCCESS")
        assert (item.client_user_id, item["connector"]["id"]) == ("person-1", 2)
        assert item.last_updated_at is not None
        assert item.last_updated_at.tzinfo is not None

    def test_refuse_a_broken_form(self, bank):
        with pytest.raises(InvalidCredentials) as failure:
            bank.client.create_item(NewItem(connector_id=2, parameters={"user": "x"}))
        assert "user" in {detail.parameter for detail in failure.value.details}

    def test_tell_wrong_credentials(self, bank):
        item = bank.connect(parameters={"user": "user-nobody", "password": "password-ok"})
        assert (item.status, item.error.code) == (ItemStatus.LOGIN_ERROR, "INVALID_CREDENTIALS")

    def test_ask_for_a_second_factor_and_take_it(self, bank):
        waiting = bank.connect(5)
        assert waiting.status == ItemStatus.WAITING_USER_INPUT
        assert waiting.parameter.expires_at > waiting.created_at
        bank.client.send_item_mfa(waiting.id, {waiting.parameter.name: "123456"})
        bank.advance(30)
        assert bank.client.fetch_item(waiting.id).status == ItemStatus.UPDATED

    def test_refuse_a_second_factor_nobody_asked_for(self, bank, item):
        with pytest.raises(PluggyRejected):
            bank.client.send_item_mfa(item.id, {"token": "123456"})

    def test_are_updated_and_stop_refreshing_on_request(self, bank):
        item = bank.connect()
        assert bank.client.update_item(item.id).status == ItemStatus.UPDATING
        bank.advance(30)
        assert bank.client.disable_auto_sync(item.id).next_auto_sync_at is None

    def test_are_gone_after_deletion(self, bank):
        item = bank.connect()
        bank.client.delete_item(item.id)
        with pytest.raises(PluggyNotFound):
            bank.client.fetch_item(item.id)

    def test_are_listed_for_one_person(self, bank, item):
        assert item.id in {one.id for one in bank.client.iter_items_v2("person-1", 2)}
        assert list(bank.client.iter_items_v2("nobody")) == []

    def test_list_is_denied_while_switched_off(self, bank):
        bank.switch(itemsList=False)
        with pytest.raises(PluggyDenied):
            list(bank.client.iter_items_v2())
        bank.switch(itemsList=True)


class TestConnectTokens:
    def test_end_after_half_an_hour(self, bank):
        token = bank.client.create_connect_token(ItemOptions(client_user_id="person-1"))
        now = datetime.fromisoformat(bank.control.get("clock").json()["now"])
        assert timedelta(minutes=29) < token.expires_at - now <= timedelta(minutes=30)

    def test_are_not_made_for_an_unknown_item(self, bank):
        with pytest.raises(PluggyNotFound):
            bank.client.create_connect_token(item_id=UNKNOWN)


class TestOpenFinance:
    def test_item_has_consent_resources_and_registry(self, bank, open_finance_item):
        item = open_finance_item
        assert item.status == ItemStatus.UPDATED
        (consent,) = bank.client.fetch_consents(item.id)
        assert bank.client.fetch_consent(consent.id).item_id == item.id
        assert {one.type for one in bank.client.fetch_item_resources(item.id)} >= {"ACCOUNT"}
        assert bank.client.fetch_item_scr(item.id).cd_cli

    def test_balance_is_read_live(self, bank, open_finance_item):
        account = bank.client.fetch_accounts(open_finance_item.id)[0]
        assert bank.client.fetch_account_balance(account.id).currency_code == "BRL"


class TestAccounts:
    def test_are_listed_and_read_one_by_one(self, bank, item, checking, card):
        assert {account.id for account in bank.client.fetch_accounts(item.id)} >= {checking.id, card.id}
        assert bank.client.fetch_account(checking.id).number == checking.number
        assert (checking.credit_data, card.bank_data) == (None, None)
        assert isinstance(card.credit_data.credit_limit, Decimal)

    def test_have_statements_and_bills(self, bank, checking, card):
        assert all(one.url for one in bank.client.fetch_account_statements(checking.id))
        bills = bank.client.fetch_bills(card.id)
        assert bank.client.fetch_bill(bills[0].id).total_amount == bills[0].total_amount

    def test_unknown_is_not_found(self, bank):
        with pytest.raises(PluggyNotFound):
            bank.client.fetch_account(UNKNOWN)


class TestTransactions:
    def test_are_read_to_the_end_without_loss_or_repetition(self, bank, checking, card):
        for account in (checking, card):
            rows = rows_of(bank, account)
            assert len({row.id for row in rows}) == len(rows) > 0
            assert {row.account_id for row in rows} == {account.id}
            assert all(row.amount == row.amount.quantize(Decimal("0.01")) for row in rows)

    def test_are_the_same_with_absolute_next(self, bank):
        item = bank.connect(parameters={**USER_OK, "user": "user-ok-perf-10x"})
        account = bank.client.fetch_accounts(item.id, AccountType.BANK)[0]
        relative = [row.id for row in rows_of(bank, account)]
        bank.switch(absoluteNext=True)
        absolute = [row.id for row in rows_of(bank, account)]
        bank.switch(absoluteNext=False)
        assert relative == absolute
        assert len(relative) > 500

    def test_are_filtered_by_date_creation_and_id(self, bank, checking):
        rows = rows_of(bank, checking)
        middle = rows[len(rows) // 2].date.date()
        older = rows_of(bank, checking, date_to=middle - timedelta(days=1))
        newer = rows_of(bank, checking, date_from=middle)
        assert 0 < len(older) < len(rows)
        assert {row.id for row in older + newer} == {row.id for row in rows}
        assert rows_of(bank, checking, created_at_from=datetime(2100, 1, 1, tzinfo=UTC)) == []
        assert [row.id for row in rows_of(bank, checking, ids=[rows[0].id])] == [rows[0].id]

    def test_are_read_and_categorised_one_by_one(self, bank, checking):
        row = rows_of(bank, checking)[0]
        assert bank.client.fetch_transaction(row.id).amount == row.amount
        category = bank.client.fetch_categories()[0]
        assert bank.client.update_transaction_category(row.id, category.id).category_id == category.id

    def test_have_parts_that_parse(self, bank, checking, card):
        methods = {row.payment_data.payment_method for row in rows_of(bank, checking) if row.payment_data}
        assert "PIX" in methods
        cards = [row.credit_card_metadata for row in rows_of(bank, card) if row.credit_card_metadata]
        assert any((one.total_installments or 0) > 1 for one in cards)
        assert all(row.merchant is None or row.merchant.cnpj != "" for row in rows_of(bank, card))

    def test_of_an_unknown_account_are_refused(self, bank):
        with pytest.raises((PluggyNotFound, PluggyRejected)):
            next(bank.client.iter_transaction_pages("not-a-uuid", date(2026, 1, 1)))


class TestWealth:
    def test_investments_have_movements(self, bank, item):
        investments = bank.client.fetch_investments(item.id)
        assert bank.client.fetch_investment(investments[0].id).name == investments[0].name
        moves = [move for one in investments for move in bank.client.iter_investment_transactions(one.id)]
        assert moves
        assert {move.direction for move in moves} <= {"CREDIT", "DEBIT"}

    def test_loans_are_listed_and_read(self, bank, item):
        loans = bank.client.fetch_loans(item.id)
        assert bank.client.fetch_loan(loans[0].id).contract_amount == loans[0].contract_amount

    def test_identity_is_read_by_item_and_id(self, bank, item):
        identity = bank.client.fetch_identity(item.id)
        assert bank.client.fetch_identity_by_id(identity.id).full_name == identity.full_name


class TestCategoriesAndMerchants:
    def test_tree_is_read_by_parent_and_by_id(self, bank):
        categories = bank.client.fetch_categories()
        child = next(one for one in categories if one.parent_id)
        assert child.id in {one.id for one in bank.client.fetch_categories(child.parent_id)}
        assert bank.client.fetch_category(child.id).description == child.description

    def test_rules_are_made_listed_and_deleted(self, bank):
        category = bank.client.fetch_categories()[0]
        rule = bank.client.create_category_rule(
            NewCategoryRule(description="MERCADO", category_id=category.id, match_type="contains")
        )
        assert rule.id in {one.id for one in bank.client.fetch_category_rules()}
        bank.client.delete_category_rule(rule.id)
        assert rule.id not in {one.id for one in bank.client.fetch_category_rules()}

    def test_merchants_are_found_or_not(self, bank):
        merchants = bank.client.fetch_merchants(["11222333000181", "123"])
        assert merchants.invalid_cnpjs == ["123"]


class TestWebhooks:
    def test_live_from_creation_to_deletion(self, bank):
        made = bank.client.create_webhook(
            NewWebhook(event="all", url="https://example.com/hook", headers={"X-Secret": "s"})
        )
        assert made.id in {one.id for one in bank.client.fetch_webhooks()}
        assert bank.client.update_webhook(made.id, WebhookChanges(enabled=False)).disabled_at is not None
        assert bank.client.update_webhook(made.id, WebhookChanges(headers=None)).headers == {}
        assert bank.client.fetch_webhook(made.id).event == "all"
        bank.client.delete_webhook(made.id)
        with pytest.raises(PluggyNotFound):
            bank.client.fetch_webhook(made.id)


class TestKeys:
    def test_are_renewed_when_the_vendor_forgets_them(self, bank, item):
        bank.control.post("tokens/expire").raise_for_status()
        bank.advance(1)  # tokens tell their birth in whole seconds
        assert bank.client.fetch_item(item.id).id == item.id

    def test_of_nobody_are_refused(self, running_simulator):
        with (
            PluggyClient(client_id=UNKNOWN, client_secret="x", base_url=running_simulator.url) as client,
            pytest.raises(PluggyAuthFailed),
        ):
            client.fetch_connector(2)


class TestFaults:
    @pytest.mark.parametrize(
        ("kind", "error"),
        [
            ("error", PluggyUnavailable),
            ("drop", PluggyUnavailable),
            ("rate_limit", PluggyRateLimited),
            ("garbage", PluggyGarbled),
        ],
    )
    def test_become_the_error_that_says_what_to_do(self, bank, item, kind, error):
        rule = {"kind": kind, "method": "GET", "path": f"/items/{item.id}", "times": 1}
        bank.control.post("faults", json=rule).raise_for_status()
        with pytest.raises(error):
            bank.client.fetch_item(item.id)
        assert bank.client.fetch_item(item.id).id == item.id

    def test_rate_limit_says_how_long_to_wait(self, bank, item):
        rule = {"kind": "rate_limit", "path": f"/items/{item.id}", "times": 1}
        bank.control.post("faults", json=rule).raise_for_status()
        with pytest.raises(PluggyRateLimited) as failure:
            bank.client.fetch_item(item.id)
        assert failure.value.retry_after == 60.0
