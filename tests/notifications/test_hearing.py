"""Who would hear of a kind at all."""

from financehub.core import clock
from financehub.notifications import hearing, preferring
from financehub.notifications.models import TelegramChat, WebhookEndpoint


def test_only_those_whom_a_channel_reaches(bakery, ana, bruno):
    assert hearing.listeners(bakery, "new_spending") == []
    TelegramChat.objects.create(person=ana, chat_id=501, linked_at=clock.now())
    assert hearing.listeners(bakery, "new_spending") == [ana]
    preferring.prefer(person=bruno, kind="new_spending", channel="tray", is_on=True)
    assert hearing.listeners(bakery, "new_spending") == [ana, bruno]


def test_a_blocked_chat_hears_nothing(bakery, ana):
    at = clock.now()
    TelegramChat.objects.create(person=ana, chat_id=501, linked_at=at, blocked_at=at)
    assert hearing.listeners(bakery, "new_spending") == []


def test_programs_listen_where_an_endpoint_wants_the_kind(bakery):
    WebhookEndpoint.objects.create(
        company=bakery, url="https://e.example/", secret="s", kinds=["bill_due"], created_at=clock.now()
    )
    assert hearing.programs_listen(bakery, "bill_due")
    assert not hearing.programs_listen(bakery, "new_spending")
