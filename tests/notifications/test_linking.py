"""A chat and a person are tied by a link that is signed, short-lived and and used once."""

import base64
from datetime import timedelta

import pytest
from tests.builders import make_company, make_member

from financehub.audit.models import AuditLog
from financehub.audit.recording import Actor
from financehub.core import clock
from financehub.core.errors import NotFound
from financehub.notifications import linking
from financehub.notifications.linking import LinkClosed
from financehub.notifications.models import Notification, TelegramChat, TelegramLink

BY_BOT = Actor("system")


@pytest.fixture
def token(ana):
    return linking.link_for_person(ana)


class TestRedeem:
    def test_from_the_page_the_chat_becomes_the_persons(self, ana, bakery, token):
        chat = linking.redeem(token, chat_id=501, language="en", by=BY_BOT)
        assert (chat.person, chat.chat_id, chat.company, chat.language) == (ana, 501, bakery, "en")
        assert linking.chat_of(501) == chat
        assert Notification.objects.for_person(ana).get().kind == "telegram_linked"
        assert AuditLog.objects.get().action == "person.telegram_linked"

    def test_works_once(self, token):
        linking.redeem(token, chat_id=501, by=BY_BOT)
        with pytest.raises(LinkClosed):
            linking.redeem(token, chat_id=999, by=BY_BOT)
        assert TelegramChat.objects.get().chat_id == 501

    def test_not_after_its_time(self, token):
        TelegramLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
        with pytest.raises(LinkClosed):
            linking.redeem(token, chat_id=501, by=BY_BOT)

    def test_a_newer_link_ends_the_older(self, ana, token):
        linking.link_for_person(ana)
        with pytest.raises(LinkClosed):
            linking.find(token)

    def test_a_chat_changes_hands(self, ana, carla, token):
        linking.redeem(linking.link_for_person(carla), chat_id=501, by=BY_BOT)
        linking.redeem(linking.link_for_person(ana), chat_id=501, by=BY_BOT)
        assert [(chat.chat_id, chat.person) for chat in TelegramChat.objects.all()] == [(501, ana)]

    def test_a_blocked_chat_lives_again(self, ana, token):
        TelegramChat.objects.create(person=ana, chat_id=501, linked_at=clock.now(), blocked_at=clock.now())
        assert linking.redeem(token, chat_id=501, by=BY_BOT).blocked_at is None


@pytest.mark.parametrize("made_up", ["", "abc", "*" * 44, "A" * 44])
def test_what_we_did_not_sign_is_not_looked_for(made_up, django_assert_num_queries, db):
    with django_assert_num_queries(0), pytest.raises(LinkClosed):
        linking.find(made_up)


def test_a_token_fits_a_start_parameter_and_its_mark_cannot_be_moved(token):
    assert len(token) <= 64
    assert token.replace("-", "").replace("_", "").isalnum()
    raw = bytearray(base64.urlsafe_b64decode(token))
    raw[0] ^= 1
    with pytest.raises(LinkClosed):
        linking.find(base64.urlsafe_b64encode(bytes(raw)).decode())


def test_only_the_hash_is_kept(token):
    assert token not in str(TelegramLink.objects.values())


class TestTheChat:
    @pytest.fixture
    def chat(self, token):
        return linking.redeem(token, chat_id=501, by=BY_BOT)

    def test_speaks_about_a_company_of_its_person_only(self, chat, ana):
        other = make_company()
        with pytest.raises(NotFound):
            linking.choose_company(chat=chat, company=other)
        make_member(company=other, user=ana)
        linking.choose_company(chat=chat, company=other)
        assert linking.chat_of(501).company == other

    def test_keeps_language_and_silence(self, chat):
        until = clock.now() + timedelta(hours=8)
        linking.choose_language(chat=chat, language="en")
        linking.mute(chat=chat, until=until)
        kept = linking.chat_of(501)
        assert (kept.language, kept.is_muted(clock.now()), kept.is_muted(until)) == ("en", True, False)

    def test_writing_to_the_bot_means_it_is_not_blocked(self, chat):
        TelegramChat.objects.update(blocked_at=clock.now())
        linking.note_alive(linking.chat_of(501))
        assert linking.chat_of(501).blocked_at is None

    def test_is_the_persons_to_part(self, chat, ana, carla, by_ana):
        assert linking.chats_of(ana) == [chat]
        with pytest.raises(NotFound):
            linking.own_chat(carla, chat.pk)
        linking.unlink(chat=linking.own_chat(ana, chat.pk), by=by_ana)
        assert linking.chat_of(501) is None
