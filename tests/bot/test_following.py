"""A chat hears of a connection's states, each once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.builders import make_account, make_connector, make_item, make_transaction
from tests.telegram_stand_in import StandIn
from tests.telegram_world import ANA, Chat, link

from financehub.banking.models import Item
from financehub.bot import following
from financehub.bot.models import Following
from financehub.bot.replies import Follow
from financehub.companies.models import Company, Membership, User
from financehub.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(bakery: Company) -> Item:
    return make_item(
        company=bakery,
        connector=make_connector(name="Banco <X>"),
        status="UPDATING",
        execution_status="LOGIN_IN_PROGRESS",
        last_updated_at=None,
    )


def begin(item: Item | None) -> Following:
    row = following.begin(
        chat_id=ANA, follow=Follow("Banco <X>", str(item.pk) if item else None), message_id=0
    )
    assert row is not None
    return row


def become(item: Item, **fields: object) -> None:
    Item.objects.across_companies().filter(pk=item.pk).update(**fields)


def test_progress_is_one_message_that_changes(phone: Chat, item: Item) -> None:
    begin(item)
    for _ in range(3):
        following.look_at_all()
    assert phone.texts == ["🔄 Banco &lt;X&gt;: lendo o banco…"]
    at = clock.now()
    become(item, status="UPDATED", execution_status="SUCCESS", last_updated_at=at)
    following.look_at_all()
    assert phone.texts == ["🔄 Banco &lt;X&gt;: trazendo tudo para cá…"]
    account = make_account(company=item.company, item=item)
    make_transaction(account=account)
    become(item, read_up_to=at, last_sync_at=at)
    following.look_at_all()
    following.look_at_all()
    assert phone.texts[1:] == ["✅ <b>Banco &lt;X&gt;</b> está em dia: 1 conta, 1 lançamento."]
    assert Following.objects.get().finished_at is not None


def test_a_question_is_asked_once_and_waited_for(phone: Chat, item: Item) -> None:
    begin(item)
    parameter = {"name": "token", "label": "Código <SMS>", "type": "number"}
    until = clock.now() + timedelta(minutes=2)
    become(item, status="WAITING_USER_INPUT", parameter=parameter, action_expires_at=until)
    for _ in range(3):
        following.look_at_all()
    assert len(phone.texts) == 1
    assert "Código &lt;SMS&gt;" in phone.texts[0]
    assert Following.objects.get().expires_at > until
    phone.phone.says("123456")  # nobody but the conversation takes it: it is confidential
    phone.settle()
    assert phone.phone.world.deleted[-1].text == "123456"


@pytest.mark.parametrize(
    ("fields", "said", "buttons"),
    [
        (
            {"status": "LOGIN_ERROR", "execution_status": "INVALID_CREDENTIALS"},
            "não aceitou o acesso",
            ["Reconectar"],
        ),
        ({"status": "OUTDATED", "execution_status": "SITE_NOT_AVAILABLE"}, "fora do ar", ["Tentar de novo"]),
        ({"status": "OUTDATED", "execution_status": "USER_INPUT_TIMEOUT"}, "acabou", ["Tentar de novo"]),
    ],
)
def test_trouble_ends_it_with_the_next_step(
    phone: Chat, item: Item, fields: dict[str, str], said: str, buttons: list[str]
) -> None:
    begin(item)
    become(item, **fields)
    following.look_at_all()
    assert said in phone.last.text
    assert phone.last.labels == buttons
    assert Following.objects.get().finished_at is not None


def test_a_removed_connection_ends_it_silently(phone: Chat, item: Item) -> None:
    begin(item)
    become(item, disconnected_at=clock.now())
    following.look_at_all()
    assert phone.texts == []
    assert Following.objects.get().finished_at is not None


def test_patience_ends(phone: Chat, item: Item) -> None:
    begin(item)
    following.look_at_all()
    Following.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    following.look_at_all()
    assert "Não vou mais atualizar" in phone.last.text
    assert following.look_at_all() == 0


def test_a_newer_request_takes_the_place_of_an_older_one(phone: Chat, item: Item) -> None:
    begin(item)
    begin(item)
    begin(None)
    begin(None)
    assert Following.objects.filter(finished_at=None).count() == 2
    following.look(uuid4())  # of nobody


def test_a_chat_that_blocked_us_hears_nothing_more(telegram: StandIn, phone: Chat, item: Item) -> None:
    begin(item)
    telegram.blocked.add(ANA)
    following.look_at_all()
    assert Following.objects.get().finished_at is not None
    assert phone.chat.blocked_at is not None


def test_without_a_chat_nothing_is_followed(telegram: StandIn) -> None:
    assert following.begin(chat_id=999, follow=Follow("x"), message_id=0) is None


def test_who_left_the_company_hears_nothing_more_of_its_connections(
    phone: Chat, item: Item, ana: User
) -> None:
    begin(item)
    Membership.objects.of(item.company).filter(user=ana).delete()
    following.look_at_all()
    assert phone.texts == []
    assert Following.objects.get().finished_at is not None


def test_a_chat_that_changed_hands_hears_nothing_of_the_former_ones_connections(
    telegram: StandIn, phone: Chat, item: Item, bruno: User
) -> None:
    begin(item)
    link(telegram, bruno, ANA)
    following.look_at_all()
    assert phone.texts == []
    assert Following.objects.get().finished_at is not None


@pytest.mark.parametrize(("code", "more"), [(429, {"retry_after": 60}), (502, {})])
def test_news_that_telegram_did_not_take_for_now_is_said_at_the_next_look(
    telegram: StandIn, phone: Chat, item: Item, code: int, more: dict[str, int]
) -> None:
    row = begin(item)
    parameter = {"name": "token", "label": "Código", "type": "number"}
    until = clock.now() + timedelta(minutes=2)
    become(item, status="WAITING_USER_INPUT", parameter=parameter, action_expires_at=until)
    telegram.fails("sendMessage", code, "not now", **more)
    following.look(row.pk)
    assert phone.texts == []
    following.look(row.pk)
    following.look(row.pk)
    (asked,) = phone.texts
    assert "Código" in asked


def test_an_end_that_telegram_did_not_take_for_now_is_no_end_yet(
    telegram: StandIn, phone: Chat, item: Item
) -> None:
    row = begin(item)
    at = clock.now()
    become(item, status="UPDATED", execution_status="SUCCESS", last_updated_at=at)
    become(item, read_up_to=at, last_sync_at=at)
    telegram.fails("sendMessage", 429, "Too Many Requests: retry after 60", retry_after=60)
    following.look(row.pk)
    assert Following.objects.get().finished_at is None
    following.look(row.pk)
    assert "está em dia" in phone.last.text
    assert Following.objects.get().finished_at is not None
