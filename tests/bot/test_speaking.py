"""Of what the bot says in its own words no notice comes into the same chat."""

from datetime import timedelta

import pytest
from tests.builders import make_connector, make_item
from tests.telegram_world import ANA, Chat

from financehub.audit.recording import Target
from financehub.banking.models import Item
from financehub.bot import following
from financehub.bot.replies import Follow
from financehub.companies.models import Company
from financehub.core import clock
from financehub.notifications import delivering, telling
from financehub.notifications.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(bakery: Company) -> Item:
    return make_item(company=bakery, connector=make_connector(name="Banco"), status="WAITING_USER_INPUT")


def follow(item: Item) -> None:
    following.begin(chat_id=ANA, follow=Follow("Banco", str(item.pk)), message_id=0)


def told(kind: str, item: Item) -> tuple[str, str]:
    """What became of the chat's delivery of a notice about the connection."""
    about = Target("item", item.pk)
    telling.tell(item.company, kind, key="1", about=about, words={"institution": "Banco", "code": ""})
    (delivery,) = Delivery.objects.of(item.company_id).filter(channel="telegram", notification__kind=kind)
    over = delivering.deliver(str(delivery.pk))
    assert over is not None
    return over.status, over.reason


@pytest.mark.parametrize("kind", ["connection_asks", "connection_refused"])
def test_who_is_told_in_the_conversation_gets_no_notice_there(phone: Chat, item: Item, kind: str) -> None:
    follow(item)
    assert told(kind, item) == ("skipped", "said_there")
    assert phone.texts == []


def test_other_notices_and_other_connections_are_told(phone: Chat, item: Item, bakery: Company) -> None:
    follow(make_item(company=bakery, connector=item.connector))
    assert told("connection_asks", item) == ("sent", "")
    follow(item)
    assert told("connection_ended", item) == ("sent", "")


def test_a_conversation_that_was_over_before_says_nothing_more(phone: Chat, item: Item) -> None:
    follow(item)
    following.Following.objects.update(finished_at=clock.now() - timedelta(seconds=1))
    assert told("connection_asks", item) == ("sent", "")
