"""A channel that refused for good goes off, says so by the others, and comes on by the person's own hand."""

from datetime import timedelta

import pytest

from financehub.core import clock
from financehub.notifications import switching
from financehub.notifications.models import ChannelBlock, Notification, TelegramChat, WebhookEndpoint


@pytest.fixture
def endpoint(bakery):
    return WebhookEndpoint.objects.create(
        company=bakery, url="https://erp.example.com/secret-path", secret="whsec_AAAA", created_at=clock.now()
    )


def told(company, kind):
    return Notification.objects.of(company).filter(kind=kind)


def test_mail_goes_off_once_and_is_told_once(bakery, ana, make_delivery):
    switching.switch_off(make_delivery(), "smtp_550")
    switching.switch_off(make_delivery(), "smtp_550")
    assert ChannelBlock.objects.get().reason == "smtp_550"
    assert told(bakery, "channel_off").count() == 1


def test_it_comes_on_by_the_persons_hand(ana, make_delivery):
    switching.switch_off(make_delivery(), "smtp_550")
    assert switching.switch_on(ana, "email") is True
    assert not ChannelBlock.objects.exists()
    assert switching.switch_on(ana, "email") is False


def test_one_of_two_chats_leaves_the_channel(bakery, ana, make_delivery):
    chats = [
        TelegramChat.objects.create(person=ana, chat_id=number, linked_at=clock.now())
        for number in (501, 502)
    ]
    switching.switch_off(make_delivery("telegram", target=str(chats[0].pk)), "blocked")
    assert not told(bakery, "channel_off").exists()
    switching.switch_off(make_delivery("telegram", target=str(chats[1].pk)), "blocked")
    assert told(bakery, "channel_off").count() == 1
    assert switching.switch_on(ana, "telegram") is True
    assert not TelegramChat.objects.exclude(blocked_at=None).exists()


class TestEndpoints:
    @pytest.mark.parametrize(("ok_hours_ago", "is_disabled"), [(None, True), (30, True), (1, False)])
    def test_one_that_took_nothing_during_all_tries_is_disabled(
        self, endpoint, make_delivery, ana, bakery, ok_hours_ago, is_disabled
    ):
        at = clock.now()
        if ok_hours_ago is not None:
            rows = WebhookEndpoint.objects.of(endpoint.company_id)
            rows.update(last_ok_at=at - timedelta(hours=ok_hours_ago))
        made = at - timedelta(hours=28)
        delivery = make_delivery("webhook", target=str(endpoint.pk), person=None, created_at=made)
        switching.give_up(delivery, "http_500")
        endpoint.refresh_from_db()
        assert endpoint.is_disabled is is_disabled
        assert told(bakery, "webhook_disabled").exists() is is_disabled

    def test_the_message_names_the_host_and_no_path(self, endpoint, ana, bakery):
        switching.disable(endpoint, "http_410")
        words = told(bakery, "webhook_disabled").get().words
        assert (words["host"], words["reason"]) == ("erp.example.com", "http_410")
        assert "secret-path" not in str(words)

    def test_disabling_twice_tells_once(self, endpoint, ana, bakery):
        switching.disable(endpoint, "x")
        switching.disable(endpoint, "x")
        assert told(bakery, "webhook_disabled").count() == 1

    def test_giving_up_a_mail_changes_nothing(self, make_delivery):
        switching.give_up(make_delivery(), "smtp_451")
        assert not ChannelBlock.objects.exists()
