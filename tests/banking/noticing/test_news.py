"""What a Sync brought is told once: to programs always, to people what deserves a word of its own."""

import json
from datetime import timedelta

import pytest
from tests.banking.stories import connect, sync
from tests.builders import make_account, make_transaction
from tests.receiver import receiving

from financehub.banking.models import Sync, Transaction
from financehub.banking.noticing import news
from financehub.core import clock
from financehub.notifications.models import Notification, TelegramChat, WebhookEndpoint

ERP = {"url": "https://erp.example.com/", "secret": "whsec_AAAA"}


@pytest.fixture
def account(bakery, ana):
    return make_account(company=bakery, name="Conta Corrente")


@pytest.fixture
def listening(ana):
    return TelegramChat.objects.create(person=ana, chat_id=501, linked_at=clock.now())


def synced(account, *rows, trigger="timer"):
    """A Sync that has just written these rows."""
    at = clock.now()
    return Sync.objects.create(
        company=account.company,
        item=account.item,
        trigger=trigger,
        status="SUCCEEDED",
        due_at=at,
        requested_at=at,
        started_at=min((row.created_at for row in rows), default=at),
        finished_at=at,
        read_rows=True,
        new=len(rows),
    )


def told(company):
    rows = Notification.objects.of(company).order_by("pk")
    return [(row.kind, row.words.get("amount")) for row in rows]


def test_a_salary_is_told_to_everybody(account, bakery, bruno):
    row = make_transaction(
        account=account, amount_cents=500_000, category_id="01010000", description="Salário"
    )
    assert news.tell_of_sync(synced(account, row).pk)
    assert told(bakery) == [("salary_in", "R$ 5.000,00")] * 2
    words = Notification.objects.of(bakery).first().words
    assert (words["description"], words["account"]) == ("Salário", "Conta Corrente")


def test_a_spending_is_told_where_somebody_listens(account, bakery, listening):
    row = make_transaction(account=account, amount_cents=-1234)
    news.tell_of_sync(synced(account, row).pk)
    assert told(bakery) == [("new_spending", "R$ 12,34")]
    assert Notification.objects.of(bakery).get().deliveries.get().channel == "telegram"


def test_nobody_who_listens_is_no_row(account, bakery):
    news.tell_of_sync(synced(account, make_transaction(account=account)).pk)
    assert told(bakery) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"category_id": "04020000"},
        {"category_id": "05100000"},
        {"is_ignored": True},
        {"date": clock.today() - timedelta(days=30)},
        {"date": clock.today() + timedelta(days=3)},
    ],
    ids=["own transfer", "card payment", "ignored", "history", "scheduled"],
)
def test_what_is_no_fresh_spending_is_not_told(account, bakery, listening, fields):
    news.tell_of_sync(synced(account, make_transaction(account=account, **fields)).pk)
    assert told(bakery) == []


def test_many_at_once_are_for_the_digest(account, bakery, listening):
    rows = [make_transaction(account=account) for _ in range(news.MOST_SPENDINGS + 1)]
    news.tell_of_sync(synced(account, *rows).pk)
    assert told(bakery) == []


def test_the_first_sync_tells_people_nothing_of_their_past(account, bakery, listening):
    news.tell_of_sync(synced(account, make_transaction(account=account), trigger="first").pk)
    assert told(bakery) == []


def test_a_sync_is_told_once(account, bakery, listening):
    done = synced(account, make_transaction(account=account))
    assert news.tell_of_sync(done.pk)
    assert not news.tell_of_sync(done.pk)
    Sync.objects.of(bakery).update(told_at=None)
    news.tell_of_sync(done.pk)
    assert len(told(bakery)) == 1


def test_what_a_lost_message_forgot_is_swept(account, bakery, django_capture_on_commit_callbacks):
    WebhookEndpoint.objects.create(company=bakery, created_at=clock.now(), **ERP)
    done = synced(account, make_transaction(account=account))
    assert news.sweep() == 0
    Sync.objects.of(bakery).update(finished_at=clock.now() - timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert news.sweep() == 1
    done.refresh_from_db()
    assert done.told_at is not None
    assert news.sweep() == 0


def test_a_program_hears_of_every_sync_with_news_and_of_no_other(account, bakery):
    WebhookEndpoint.objects.create(
        company=bakery, created_at=clock.now(), kinds=["transactions_synced"], **ERP
    )
    news.tell_of_sync(synced(account).pk)
    assert told(bakery) == []
    news.tell_of_sync(synced(account, make_transaction(account=account)).pk)
    row = Notification.objects.of(bakery).get()
    assert (row.kind, row.person, row.words["new"]) == ("transactions_synced", None, 1)


def test_the_whole_way_from_the_bank_to_a_program(
    simulator, bakery, ana, settings, django_capture_on_commit_callbacks
):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as receiver:
        WebhookEndpoint.objects.create(
            company=bakery,
            url=receiver.url,
            secret="whsec_AAAA",
            created_at=clock.now(),
            kinds=["transactions_synced"],
        )
        with django_capture_on_commit_callbacks(execute=True):
            done = sync(connect(simulator, bakery))
    (got,) = [json.loads(request.body) for request in receiver.requests]
    assert (got["type"], got["data"]["words"]["new"]) == ("transactions_synced", done.new)
    assert Transaction.objects.of(bakery).count() == done.new
