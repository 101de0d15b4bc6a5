"""Ana with Telegram on her phone: the product pointed at the stand-in, and her chat with its bot."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.telegram_stand_in import TOKEN, Message, Person, StandIn, running

from financehub.audit.recording import Actor
from financehub.banking import observing
from financehub.banking.models import Item
from financehub.bot import following, handling, storing, sweeping
from financehub.companies.models import Company, User
from financehub.core import limits
from financehub.notifications import linking, telegram_bot
from financehub.notifications.models import TelegramChat

ANA, CARLA = 501, 503


@dataclass
class Chat:
    """One person's private chat: what they do reaches the product at once, by real HTTP."""

    phone: Person

    def says(self, text: str) -> Message:
        """Write, and let the bot answer; its newest message."""
        self.phone.says(text)
        return self.settle()

    def presses(self, label: str, message: Message | None = None) -> Message:
        self.phone.presses(label, message)
        return self.settle()

    def settle(self) -> Message:
        """Everything that waits at Telegram is fetched and worked off."""
        deliver(self.phone.world)
        return self.phone.last

    @property
    def last(self) -> Message:
        return self.phone.last

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.phone.heard]

    @property
    def chat(self) -> TelegramChat:
        return TelegramChat.objects.get(chat_id=self.phone.id)


def deliver(world: StandIn) -> int:
    """Fetch by long polling and take in, as the polling process does, in this thread."""
    limits._storage().reset()  # a test speaks faster than Telegram lets a bot answer
    updates, offset = telegram_bot.client().get_updates(timeout=0)
    for update in updates:
        stored = storing.store(update)
        if stored is not None and stored.secret is not None:
            handling.work_off_secret(stored)
        elif stored is not None:
            handling.work_off(update.chat_id)
    telegram_bot.client().get_updates(offset, timeout=0)
    return len(updates)


def link(world: StandIn, person: User, number: int, company: Company | None = None) -> Chat:
    """The person's phone, linked to them."""
    phone = world.person(person.name or "Pessoa", number=number)
    chat = linking.redeem(
        linking.link_for_person(person),
        chat_id=number,
        language=person.language,
        by=Actor("user", person.pk),
    )
    if company is not None:
        linking.choose_company(chat=chat, company=company)
    world.messages.clear()  # the notice that a chat was linked
    return Chat(phone)


def look() -> None:
    """Time passes: the vendor is asked again, and chats are told."""
    limits._storage().reset()
    for item in Item.objects.across_companies().select_related("connector", "company"):
        if not item.is_disconnected:
            observing.observe_item(item=item)
    sweeping.sweep()
    following.look_at_all()


@pytest.fixture
def telegram(settings: Any) -> Iterator[StandIn]:
    """A Telegram nobody has written to yet, and the product pointed at it."""
    with running() as world:
        settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_API_BASE = TOKEN, world.url
        settings.TELEGRAM_WEBHOOK_URL = settings.TELEGRAM_WEBHOOK_SECRET = ""
        settings.PUBLIC_URL, settings.IS_HTTPS = "https://hub.example.com", True
        limits._storage().reset()
        telegram_bot._client_for.cache_clear()
        yield world
        telegram_bot._client_for(TOKEN, world.url).close()


@pytest.fixture
def phone(telegram: StandIn, ana: User, bakery: Company) -> Chat:
    """Ana's chat, about the bakery."""
    return link(telegram, ana, ANA, bakery)
