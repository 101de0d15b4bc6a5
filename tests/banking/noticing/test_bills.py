"""Bills of cards: told before they close, before they are due and when they are late, each once."""

from datetime import timedelta

import pytest
from tests.builders import make_account, make_item, make_transaction

from financehub.banking.models import Account, CreditCardBill
from financehub.banking.noticing import bills
from financehub.core import clock
from financehub.notifications.models import Notification


@pytest.fixture
def card(bakery, ana):
    item = make_item(company=bakery, last_sync_at=clock.now())
    return make_account(
        company=bakery,
        item=item,
        type="CREDIT",
        name="Visa Azul",
        balance_at=clock.now(),
        balance_cents=50_000,
    )


def told(company):
    rows = Notification.objects.of(company).order_by("pk")
    return [(row.kind, row.words) for row in rows]


def shown(day):
    return day.strftime("%d/%m/%Y")


def closing(card, days):
    closes = clock.today() + timedelta(days=days)
    Account.objects.of(card.company_id).filter(pk=card.pk).update(
        close_date=closes, due_date=closes + timedelta(days=7)
    )
    return closes


def closed_bill(card, *, due_in):
    due = clock.today() + timedelta(days=due_in)
    closing(card, due_in + 23 if due_in > 0 else 20)
    return CreditCardBill.objects.create(
        company=card.company,
        account=card,
        pluggy_id="bill-1",
        due_date=due,
        close_date=due - timedelta(days=7),
        total_cents=30_000,
        currency="BRL",
        created_at=clock.now(),
    )


@pytest.mark.parametrize(("days", "is_told"), [(5, False), (3, True), (1, True)])
def test_a_bill_that_closes_within_three_days(bakery, card, days, is_told):
    closes = closing(card, days)
    make_transaction(account=card, amount_cents=-12_345)
    bills.tell_bills(bakery.pk)
    bills.tell_bills(bakery.pk)
    expected = [("bill_closing", {"card": "Visa Azul", "amount": "R$ 123,45", "day": shown(closes)})]
    assert told(bakery) == (expected if is_told else [])


def test_a_bill_without_anything_on_it_is_no_news(bakery, card):
    closing(card, 2)
    assert bills.tell_bills(bakery.pk) == 0


@pytest.mark.parametrize(("due_in", "kinds"), [(3, []), (1, ["bill_due"]), (0, ["bill_due"])])
def test_a_bill_that_is_due_tomorrow_or_today(bakery, card, due_in, kinds):
    bill = closed_bill(card, due_in=due_in)
    bills.tell_bills(bakery.pk)
    bills.tell_bills(bakery.pk)
    told_of_due = [
        (kind, words["amount"], words["day"]) for kind, words in told(bakery) if kind != "bill_closing"
    ]
    assert told_of_due == [(kind, "R$ 300,00", shown(bill.due_date)) for kind in kinds]


def test_companies_with_cards_are_named_once(bakery, card):
    make_account(company=bakery, item=card.item, type="CREDIT")
    make_account()
    assert bills.companies_with_cards() == [bakery.pk]


def test_a_company_that_is_gone_is_nothing(card, bakery):
    key = bakery.pk
    card.company.delete()
    assert bills.tell_bills(key) == 0
