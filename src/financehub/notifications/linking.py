"""Tying a Telegram chat to a person: a signed link from their page, used once in the chat, within ten minutes.

Never the other way round: a link made in a chat would give that chat to whoever is lured into opening it signed in.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from financehub.audit.recording import Actor, Target, record
from financehub.companies import access
from financehub.companies.models import Company, User
from financehub.core import clock
from financehub.core.crypto import blind_index
from financehub.core.errors import Conflict, NotFound
from financehub.notifications import switching, telling
from financehub.notifications.models import TelegramChat, TelegramLink
from financehub.notifications.models.deliveries import Channel

VALID_FOR = timedelta(minutes=10)
NONCE_BYTES, MARK_BYTES = 18, 15  # 44 letters: Telegram's start parameter holds 64


class LinkClosed(Conflict):
    """The link is not ours, was used, or is out of date."""

    code = "link_closed"


@transaction.atomic
def link_for_person(person: User) -> str:
    """The token that a person opens in Telegram (`t.me/<bot>?start=<token>`); older ones of theirs end."""
    nonce, now = secrets.token_bytes(NONCE_BYTES), clock.now()
    token = base64.urlsafe_b64encode(nonce + _mark(nonce)).decode()
    TelegramLink.objects.filter(person=person, used_at=None).update(used_at=now)
    TelegramLink.objects.create(
        person=person, token_hash=_hash_of(token), created_at=now, expires_at=now + VALID_FOR
    )
    return token


def find(token: str) -> TelegramLink:
    """The open link behind a token. Raises LinkClosed."""
    links = TelegramLink.objects.select_related("person")
    link = links.filter(token_hash=_hash_of(token)).first() if _is_signed(token) else None
    if link is None or link.used_at is not None or link.expires_at <= clock.now():
        raise LinkClosed
    return link


@transaction.atomic
def redeem(token: str, *, chat_id: int, language: str = "", by: Actor) -> TelegramChat:
    """Use the link in a chat, which speaks the person's language unless told. Raises LinkClosed.

    A chat that belonged to somebody else changes hands: who holds the phone decides.
    """
    link = find(token)
    if not _use(link):
        raise LinkClosed
    kept, _ = TelegramChat.objects.update_or_create(
        chat_id=chat_id,
        defaults={
            "person": link.person,
            "language": language or link.person.language,
            "company": _first_company(link.person),
            "blocked_at": None,
            "muted_until": None,
            "linked_at": clock.now(),
        },
    )
    record("person.telegram_linked", by=by, on=Target("telegram_chat", kept.pk), company_id=None)
    if kept.company is not None:
        telling.tell(kept.company, "telegram_linked", key=str(link.pk), to=[link.person])
    return kept


@transaction.atomic
def unlink(*, chat: TelegramChat, by: Actor) -> None:
    """Forget the chat; nothing is said there any more."""
    record("person.telegram_unlinked", by=by, on=Target("telegram_chat", chat.pk), company_id=None)
    chat.delete()


def chat_of(chat_id: int) -> TelegramChat | None:
    """The linked chat with Telegram's id, person and company loaded."""
    return TelegramChat.objects.filter(chat_id=chat_id).select_related("person", "company").first()


def chats_of(person: User) -> list[TelegramChat]:
    """Every chat of a person, blocked ones too."""
    return list(TelegramChat.objects.filter(person=person).order_by("linked_at"))


def own_chat(person: User, key: UUID) -> TelegramChat:
    """One of the person's chats by our key. Raises NotFound."""
    chat = TelegramChat.objects.filter(person=person, pk=key).first()
    if chat is None:
        raise NotFound("TelegramChat not found")
    return chat


def choose_company(*, chat: TelegramChat, company: Company) -> None:
    """Speak about this company from now on. Raises NotFound where the person has no place."""
    access.membership_of(chat.person, company)
    TelegramChat.objects.filter(pk=chat.pk).update(company=company)
    chat.company = company


def choose_language(*, chat: TelegramChat, language: str) -> None:
    """Speak this language in the chat from now on."""
    TelegramChat.objects.filter(pk=chat.pk).update(language=language)
    chat.language = language


def mute(*, chat: TelegramChat, until: datetime | None) -> None:
    """Say nothing by oneself in the chat until then; None: speak again."""
    TelegramChat.objects.filter(pk=chat.pk).update(muted_until=until)
    chat.muted_until = until


def note_alive(chat: TelegramChat) -> None:
    """The person wrote to us, so the bot is not blocked (any more)."""
    if chat.blocked_at is not None:
        TelegramChat.objects.filter(pk=chat.pk).update(blocked_at=None)
        chat.blocked_at = None


@transaction.atomic
def note_blocked(chat: TelegramChat) -> None:
    """The person blocked the bot: nothing is sent there until they write again, which other channels say."""
    at, open_chats = clock.now(), TelegramChat.objects.filter(person=chat.person_id, blocked_at=None)
    if not open_chats.filter(pk=chat.pk).update(blocked_at=at):
        return
    chat.blocked_at = at
    company = _first_company(chat.person)
    if company is not None and not open_chats.exists():
        key = f"{chat.pk}:{at.isoformat()}"
        switching.say_off(chat.person, company, Channel.TELEGRAM, "blocked", key=key)


def _use(link: TelegramLink) -> bool:
    unused = TelegramLink.objects.filter(pk=link.pk, used_at=None)
    return bool(unused.update(used_at=clock.now()))


def _first_company(person: User) -> Company | None:
    places = access.memberships_of(person)
    return places[0].company if places else None


def _is_signed(token: str) -> bool:
    try:
        raw = base64.urlsafe_b64decode(token)
    except ValueError:
        return False
    return hmac.compare_digest(raw[NONCE_BYTES:], _mark(raw[:NONCE_BYTES]))


def _mark(nonce: bytes) -> bytes:
    key = f"telegram-link:{settings.SECRET_KEY}".encode()
    return hmac.new(key, nonce, hashlib.sha256).digest()[:MARK_BYTES]


def _hash_of(token: str) -> str:
    return blind_index(token, purpose="telegram_link")
