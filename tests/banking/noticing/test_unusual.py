"""Unusual spending: what breaks a company's own habit is told once, and regular spending never."""

from datetime import timedelta

import pytest
from tests.banking.noticing.test_news import synced
from tests.builders import make_account, make_transaction

from financehub.banking.models import Transaction, TransferPair
from financehub.banking.noticing import news, unusual
from financehub.banking.noticing.unusual import Habit, Spent, habit_of
from financehub.core import clock
from financehub.notifications import preferring, wording
from financehub.notifications.models import Delivery, Notification, TelegramChat

GROCERIES, RENT, SHOPPING, PIX = "10000000", "17010000", "08020000", "05070000"


@pytest.fixture
def account(bakery, ana):
    return make_account(company=bakery, name="Conta Corrente")


def ago(days):
    return clock.today() - timedelta(days=days)


def earlier(account, cents, *, each=10, times=15, start=5, **fields):
    """Expenses of `cents` (a list is taken in turn) every few days, read long ago."""
    amounts = cents if isinstance(cents, list) else [cents]
    for number in range(times):
        day = ago(start + number * each)
        values = {"date": day, "created_at": clock.start_of_day(day), **fields}
        make_transaction(account=account, amount_cents=-amounts[number % len(amounts)], **values)


def spends(account, cents, **fields):
    """A new expense, and the Sync that brought it; what is unusual about it."""
    row = make_transaction(account=account, amount_cents=-cents, **fields)
    return unusual.find(synced(account, row))


def test_far_more_than_usual_at_the_same_place_is_unusual(account):
    earlier(account, [150_00, 160_00, 140_00], description="ENEL", category_id=SHOPPING)
    (one,) = spends(account, 600_00, description="ENEL", category_id=SHOPPING)
    assert (one.habit, one.is_of_category) == (Habit(150_00, 10_00, 160_00), False)
    assert spends(account, 449_99, description="ENEL", category_id=SHOPPING) == []  # less than three times
    assert [
        found.row.amount_cents for found in spends(account, 450_00, description="ENEL")
    ] == []  # 600 was seen


def test_a_new_place_is_measured_by_its_category(account):
    earlier(account, [80_00, 100_00, 120_00], description="Mercado", category_id=GROCERIES)
    (one,) = spends(account, 2_000_00, description="Atacado", category_id=GROCERIES)
    assert (one.habit, one.is_of_category) == (Habit(100_00, 20_00, 120_00), True)


def test_a_persons_category_counts_before_the_banks(account):
    earlier(account, 100_00, description="Mercado", category_id=SHOPPING, own_category_id=GROCERIES)
    assert spends(account, 2_000_00, description="Atacado", category_id=SHOPPING) == []
    (one,) = spends(account, 2_000_00, description="Feira", own_category_id=GROCERIES)
    assert one.is_of_category


def test_regular_spending_is_no_alarm(account):
    earlier(account, [30_00, 45_00, 60_00], times=40, each=4, description="Mercado", category_id=GROCERIES)
    earlier(account, 2_500_00, each=30, times=6, start=30, description="PIX Imobiliária", category_id=PIX)
    earlier(account, [50_00, 20_00], times=20, each=8, description="PIX Maria", category_id=PIX)
    earlier(
        account, [900_00, 950_00], each=30, times=6, start=28, description="Atacadão", category_id=GROCERIES
    )
    assert spends(account, 2_650_00, description="PIX Imobiliária", category_id=PIX) == []
    assert spends(account, 980_00, description="Atacadão", category_id=GROCERIES) == []
    assert spends(account, 75_00, description="Mercado", category_id=GROCERIES) == []


def test_a_place_that_asked_for_as_much_before_is_no_news_under_another_category(account):
    earlier(account, 40_00, description="Padaria", category_id=GROCERIES)
    earlier(account, 1_900_00, each=30, times=3, description="Escola", category_id=SHOPPING)
    assert spends(account, 2_000_00, description="Escola", category_id=GROCERIES) == []


@pytest.mark.parametrize(
    "before",
    [
        {"times": unusual.ENOUGH_ROWS - 1, "each": 20},
        {"times": 30, "each": 2},
        {"times": 15, "start": 200},
        {"is_ignored": True},
        {"status": "PENDING"},
        {"currency": "USD"},
    ],
    ids=["too few rows", "too young", "too long ago", "ignored", "pending", "another currency"],
)
def test_without_a_habit_nothing_is_unusual(account, before):
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES, **before)
    assert spends(account, 3_000_00, description="Mercado", category_id=GROCERIES) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"category_id": "04020000"},
        {"category_id": "05060000"},
        {"category_id": "05100000"},
        {"category_id": "03020000"},
        {"own_category_id": "04000000"},
        {"operation_type": "PAGAMENTO_FATURA"},
        {"description": "Pgto fatura cartão"},
        {"description": "TED entre contas"},
        {"counterparty_index": "ours"},
        {"status": "PENDING"},
        {"is_ignored": True},
        {"installment_number": 2, "total_installments": 10},
        {"currency": "USD"},
        {"date": clock.today() - timedelta(days=5)},
        {"date": clock.today() + timedelta(days=1)},
    ],
    ids=lambda fields: " ".join(map(str, fields.values())),
)
def test_what_is_no_fresh_expense_is_never_told(account, fields):
    make_account(company=account.company, document_index="ours")
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES)
    values = {"description": "Mercado", "category_id": GROCERIES}
    assert len(spends(account, 3_000_00, **values)) == 1
    for_fields = {**values, **fields}
    assert spends(account, 5_000_00, **for_fields) == []


def test_a_paired_transfer_is_no_expense(account, bakery):
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES)
    sent = make_transaction(
        account=account, amount_cents=-3_000_00, description="Mercado", category_id=GROCERIES
    )
    received = make_transaction(account=make_account(company=bakery), amount_cents=3_000_00)
    TransferPair.objects.create(
        company=bakery,
        kind="transfer",
        sent=sent,
        received=received,
        score=100,
        reasons=[],
        decided_by="rule",
        created_at=clock.now(),
    )
    assert unusual.find(synced(account, sent)) == []


def test_less_than_the_minimum_is_not_worth_a_word(account):
    earlier(account, 5_00, description="Padaria", category_id=GROCERIES)
    assert spends(account, 199_99, description="Padaria", category_id=GROCERIES) == []
    Transaction.objects.of(account.company).filter(amount_cents=-199_99).update(amount_cents=-200_00)
    (row,) = Transaction.objects.of(account.company).filter(amount_cents=-200_00)
    assert [one.row for one in unusual.find(synced(account, row))] == [row]


def test_rows_of_the_days_before_an_account_counts_are_history(account, bakery):
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES)
    account.counts_from = clock.today()
    account.save()
    values = {"description": "Mercado", "category_id": GROCERIES}
    assert spends(account, 3_000_00, date=ago(1), **values) == []
    assert len(spends(account, 5_000_00, **values)) == 1


def test_another_companys_habit_is_not_ours(account):
    earlier(make_account(), 100_00, description="Mercado", category_id=GROCERIES)
    assert spends(account, 3_000_00, description="Mercado", category_id=GROCERIES) == []


def test_any_number_of_rows_is_two_queries(account, django_assert_num_queries):
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES)
    rows = [
        make_transaction(account=account, amount_cents=-cents, description="Mercado", category_id=GROCERIES)
        for cents in range(3_000_00, 3_000_10)
    ]
    done = synced(account, *rows)
    with django_assert_num_queries(2):
        found = unusual.find(done)
    assert [one.row.amount_cents for one in found] == [-3_000_09, -3_000_08, -3_000_07, -3_000_06, -3_000_05]


def test_it_is_told_once_to_everybody_in_both_languages(account, bakery, bruno):
    earlier(account, [80_00, 100_00, 120_00], description="Mercado", category_id=GROCERIES)
    row = make_transaction(
        account=account, amount_cents=-2_000_00, description="Atacado", category_id=GROCERIES
    )
    for _ in range(2):
        assert news.tell_of_sync(synced(account, row).pk)
    told = Notification.objects.of(bakery).filter(kind="unusual_spending")
    assert told.count() == 2  # ana and bruno
    said = wording.word(told.first(), "pt-br")
    assert said.title == "Gasto fora do comum: R$ 2.000,00 em Atacado"
    day = row.date.strftime("%d/%m/%Y")
    assert said.body == (
        "Supermercado: o comum é R$ 100,00, e o maior dos últimos seis meses foi R$ 120,00.\n"
        f"Conta Corrente · {day}"
    )
    assert said.page == f"/transacoes/{row.pk}"
    said = wording.word(told.first(), "en")
    assert said.title == "Unusual spending: R$ 2.000,00 at Atacado"
    assert said.body == (
        "Groceries: the usual is R$ 100,00, and the largest of the last six months was R$ 120,00.\n"
        f"Conta Corrente · {day}"
    )


@pytest.mark.parametrize(
    ("is_on", "told"), [(True, {"unusual_spending"}), (False, {"unusual_spending", "new_spending"})]
)
def test_a_person_hears_once_of_one_expense_in_a_chat(account, bakery, ana, is_on, told):
    TelegramChat.objects.create(person=ana, chat_id=501, linked_at=clock.now())
    preferring.prefer(person=ana, kind="unusual_spending", channel="telegram", is_on=is_on)
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES)
    row = make_transaction(
        account=account, amount_cents=-2_000_00, description="Mercado", category_id=GROCERIES
    )
    plain = make_transaction(
        account=account, amount_cents=-90_00, description="Mercado", category_id=GROCERIES
    )
    news.tell_of_sync(synced(account, row, plain).pk)
    rows = Notification.objects.of(bakery).filter(person=ana)
    assert set(rows.filter(object_id=str(row.pk)).values_list("kind", flat=True)) == told
    assert rows.get(object_id=str(plain.pk)).kind == "new_spending"
    chats = Delivery.objects.of(bakery).filter(channel="telegram", notification__object_id=str(row.pk))
    assert chats.count() == 1


def test_a_first_sync_tells_nothing_and_a_purchase_that_was_pending_is_told_when_it_is_posted(
    account, bakery
):
    values = {"account": account, "description": "Mercado", "category_id": GROCERIES}
    earlier(account, 100_00, description="Mercado", category_id=GROCERIES)
    row = make_transaction(amount_cents=-3_000_00, **values)
    news.tell_of_sync(synced(account, row, trigger="first").pk)
    assert not Notification.objects.of(bakery).filter(kind="unusual_spending").exists()
    Transaction.objects.of(bakery).filter(pk=row.pk).update(created_at=clock.now() - timedelta(days=1))
    done = synced(account)
    Transaction.objects.of(bakery).filter(pk=row.pk).update(changed_at=clock.now())
    done.changed = 1
    done.save()
    news.tell_of_sync(done.pk)
    assert Notification.objects.of(bakery).get(kind="unusual_spending").object_id == str(row.pk)


def test_a_habit_needs_rows_and_time():
    today = clock.today()
    days = [today - unusual.REACH, *(today - timedelta(days=number) for number in range(1, 8))]
    spent = [Spent(day, cents) for day, cents in zip(days, range(100, 900, 100), strict=True)]
    assert habit_of(spent, today) == Habit(usual_cents=400, spread_cents=200, largest_cents=800)
    assert habit_of(spent[1:], today) is None
    assert habit_of([Spent(days[1], 100), *spent[1:]], today) is None
