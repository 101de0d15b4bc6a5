"""What an Item holds besides transactions, from the real simulator; an empty answer is not a zero."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.banking.stories import Bank

from financehub.banking import collecting
from financehub.banking.models import (
    Account,
    Consent,
    CreditCardBill,
    Identity,
    Investment,
    InvestmentTransaction,
    Loan,
)
from financehub.core import clock
from financehub.core.tenancy import TenantModel
from financehub.providers.pluggy import PluggyClient


@pytest.fixture
def vendor(bank: Bank) -> PluggyClient:
    return bank.simulator.client()


def collect_everything(bank: Bank, vendor: PluggyClient) -> list[Account]:
    at = clock.now()
    accounts = collecting.collect_accounts(bank.item, vendor, at=at)
    collecting.collect_consents(bank.item, vendor)
    for card in collecting.cards(accounts):
        collecting.collect_bills(card, vendor, at=at)
    collecting.collect_investments(bank.item, vendor, at=at)
    collecting.collect_loans(bank.item, vendor, at=at)
    collecting.collect_identity(bank.item, vendor, at=at)
    return accounts


def all_rows(bank: Bank) -> dict[str, list[dict[str, Any]]]:
    kinds: list[type[TenantModel]] = [
        Account,
        Consent,
        CreditCardBill,
        Investment,
        InvestmentTransaction,
        Loan,
        Identity,
    ]
    return {kind.__name__: list(kind.objects.of(bank.company).order_by("id").values()) for kind in kinds}


def test_the_accounts_are_those_the_vendor_lists(bank: Bank, vendor: PluggyClient) -> None:
    rows = collecting.collect_accounts(bank.item, vendor, at=clock.now())
    listed = vendor.fetch_accounts(bank.vendor_id)
    assert [(str(row.pluggy_id), row.type, row.balance_cents) for row in rows] == [
        (account.id, account.type, int(account.balance * 100)) for account in listed
    ]
    assert [row.number for row in Account.objects.of(bank.company).filter(type="BANK")] != [None]


def test_every_product_arrives(bank: Bank, vendor: PluggyClient) -> None:
    collect_everything(bank, vendor)
    counts = {name: len(rows) for name, rows in all_rows(bank).items()}
    assert counts["Account"] == 3
    assert counts["Identity"] == 1
    assert min(counts[name] for name in ("CreditCardBill", "Investment", "InvestmentTransaction", "Loan")) > 0


def test_collecting_again_without_news_writes_nothing(bank: Bank, vendor: PluggyClient) -> None:
    collect_everything(bank, vendor)
    before = all_rows(bank)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        collect_everything(bank, vendor)
    written = [
        query["sql"]
        for query in queries.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) and "banking_" in query["sql"]
    ]
    assert (written, all_rows(bank)) == ([], before)


def test_an_empty_answer_removes_nothing(bank: Bank, vendor: PluggyClient) -> None:
    collect_everything(bank, vendor)
    before = all_rows(bank)
    bank.simulator.control(f"/items/{bank.vendor_id}/revoke-consent")
    assert collect_everything(bank, vendor) == []
    after = all_rows(bank)
    assert {name: rows for name, rows in after.items() if name != "Consent"} == {
        name: rows for name, rows in before.items() if name != "Consent"
    }


def test_a_balance_that_moved_is_updated_in_place(bank: Bank, vendor: PluggyClient) -> None:
    first = collecting.collect_accounts(bank.item, vendor, at=clock.now())
    Account.objects.of(bank.company).update(balance_cents=1)
    again = collecting.collect_accounts(bank.item, vendor, at=clock.now())
    assert [row.pk for row in again] == [row.pk for row in first]
    stored = Account.objects.of(bank.company).values_list("balance_cents", flat=True)
    assert sorted(stored) == sorted(row.balance_cents for row in first)


def test_only_cards_have_bills(bank: Bank, vendor: PluggyClient) -> None:
    accounts = collect_everything(bank, vendor)
    assert [account.type for account in collecting.cards(accounts)] == ["CREDIT"]
    of_cards = CreditCardBill.objects.of(bank.company).values_list("account__type", flat=True).distinct()
    assert list(of_cards) == ["CREDIT"]
