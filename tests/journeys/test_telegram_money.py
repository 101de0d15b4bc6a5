"""Money asked for in a chat, from our rows: balance, statement by pages and as a file, bills; in both languages."""

import csv
import io
import re
from datetime import timedelta

import pytest
from tests.banking.stories import Bank, connect, sync
from tests.simulator import Simulator
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat, link, telegram

from financehub.banking import listing, reports
from financehub.banking.cards import reports as cards
from financehub.banking.listing import TransactionFilter
from financehub.banking.models import Transaction
from financehub.companies.models import Company, User
from financehub.core import clock, money
from financehub.notifications import linking

__all__ = ["telegram"]
pytestmark = pytest.mark.django_db(transaction=True)

AMOUNT = re.compile(r"<b>(-?R\$ [\d.]+,\d\d)</b>")


@pytest.fixture
def bank(simulator: Simulator, bakery: Company) -> Bank:
    """A bank with an account, a card and a year of rows, read."""
    known = connect(simulator, bakery)
    sync(known, full=True)
    return known


@pytest.fixture
def chat(telegram: StandIn, bank: Bank, ana: User, bakery: Company) -> Chat:
    return link(telegram, ana, ANA, bakery)


def speak(chat: Chat, language: str) -> None:
    linking.choose_language(chat=chat.chat, language=language)


def last_thirty_days(company: Company) -> list[Transaction]:
    first = clock.today() - timedelta(days=29)
    filters = TransactionFilter(from_date=first, to_date=clock.today())
    return list(listing.filtered(company, filters).order_by("-date", "-id"))


@pytest.mark.parametrize(("language", "oldest"), [("pt-br", "Número mais antigo"), ("en", "Oldest number")])
def test_the_balance_is_the_sum_of_the_accounts_with_the_age_of_each(
    chat: Chat, bakery: Company, language: str, oldest: str
) -> None:
    speak(chat, language)
    said = chat.says("/saldo").text
    accounts = reports.open_accounts(bakery)
    total = sum(one.cash_cents for one in accounts if one.currency == "BRL")
    assert AMOUNT.findall(said)[0] == money.format_amount(total)
    for account in accounts:
        assert money.format_amount(account.balance_cents, account.currency) in said
    assert oldest in said
    assert said.count("<i>(") == len(accounts)


@pytest.mark.parametrize(("language", "older"), [("pt-br", "Mais antigos"), ("en", "Older")])
def test_the_statement_shows_every_row_once_page_by_page(
    chat: Chat, bakery: Company, language: str, older: str
) -> None:
    speak(chat, language)
    rows = last_thirty_days(bakery)
    page = chat.says("/extrato")
    shown = AMOUNT.findall(page.text)
    while any(older in label for label in page.labels):
        page = chat.presses(older)
        shown += AMOUNT.findall(page.text)
    assert shown == [money.format_amount(row.amount_cents) for row in rows]
    assert len(chat.texts) == 1  # the same message, turned


def test_pages_turn_back_and_filters_hold_while_turning(chat: Chat, bakery: Company, bank: Bank) -> None:
    chat.says("/extrato")
    chat.presses("Conta")
    account = next(one for one in reports.open_accounts(bakery) if not one.is_card)
    first = chat.presses(account.marketing_name or account.name).text
    mine = [row for row in last_thirty_days(bakery) if row.account_id == account.pk]
    assert AMOUNT.findall(first) == [money.format_amount(row.amount_cents) for row in mine[:10]]
    if len(mine) > 10:
        second = chat.presses("Mais antigos").text
        assert AMOUNT.findall(second) == [money.format_amount(row.amount_cents) for row in mine[10:20]]
        assert chat.presses("Mais novos").text == first
    all_again = chat.presses("Limpar filtros").text
    assert "Conta:" not in all_again


def test_words_and_amounts_are_searched_for(chat: Chat, bakery: Company) -> None:
    row = last_thirty_days(bakery)[0]
    word = max(row.shown_description.split(), key=len)
    chat.says("/extrato")
    chat.presses("Buscar")
    found = chat.says(word).text
    assert f"Com: “{word}”" in found
    expected = [one for one in last_thirty_days(bakery) if word.lower() in one.shown_description.lower()]
    assert f"{len(expected)} lançamento" in found
    assert "Nenhum lançamento assim" in chat.says("/extrato xyzxyz").text


def test_the_file_holds_every_row_of_the_filter(chat: Chat, bakery: Company) -> None:
    chat.says("/extrato")
    message = chat.presses("CSV")
    assert message.file is not None
    name, content = message.file
    assert name == f"extrato-{clock.today() - timedelta(days=29)}-{clock.today()}.csv"
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    rows = last_thirty_days(bakery)
    assert [line[2] for line in lines[1:]] == [
        f"{money.to_decimal(row.amount_cents):.2f}".replace(".", ",") for row in rows
    ]


@pytest.mark.parametrize(("language", "is_open"), [("pt-br", "Aberta:"), ("en", "Open:")])
def test_the_bill_is_what_the_cards_page_says(
    chat: Chat, bakery: Company, language: str, is_open: str
) -> None:
    speak(chat, language)
    said = chat.says("/fatura")
    report = cards.report(bakery, reports.open_accounts(bakery))
    for card in report.cards:
        assert money.format_amount(card.open.so_far_cents, card.account.currency) in said.text
    assert is_open in said.text
    if len(report.cards) > 1:
        said = chat.presses(report.cards[0].account.marketing_name or report.cards[0].account.name)
    card = report.cards[0]
    assert money.format_amount(card.open.so_far_cents) in said.text
    closed = card.closed[0]
    chat.phone.sends_data(f"fatura:{card.account.pk.hex}:{closed.month:%Y-%m}", said)
    assert money.format_amount(closed.total_cents) in chat.settle().text


def test_banks_are_listed_with_what_they_hold(chat: Chat, bakery: Company) -> None:
    said = chat.says("/minhas_contas").text
    assert "✅ em dia" in said
    for account in reports.open_accounts(bakery):
        assert money.format_amount(account.balance_cents, account.currency) in said
