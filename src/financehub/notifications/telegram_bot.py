"""The bot of this installation: whether there is one, who it is, and the client that every process uses."""

from functools import cache

from django.conf import settings
from django.core.cache import cache as shared_cache

from financehub.core.errors import NotConfigured
from financehub.core.limits import SharedLimiter
from financehub.providers.telegram.client import TelegramClient
from financehub.providers.telegram.limits import CHAT_PER_SECONDS, OVERALL_PER_SECOND

USERNAME_SECONDS = 24 * 3600


class TelegramIsOff(NotConfigured):
    """This installation has no bot."""

    code = "telegram_not_configured"


class TelegramLimits:
    """Telegram's published rates, held by all processes together."""

    def __init__(self) -> None:
        messages, seconds = CHAT_PER_SECONDS
        rates = {"all": f"{OVERALL_PER_SECOND}/second", "chat": f"{messages} per {seconds} seconds"}
        self._limiter = SharedLimiter(rates, scope="telegram")

    def acquire(self, chat_id: int) -> None:
        self._limiter.acquire("chat", str(chat_id))
        self._limiter.acquire("all")


def is_configured() -> bool:
    """Whether this installation has a bot."""
    return bool(settings.TELEGRAM_BOT_TOKEN)


def client() -> TelegramClient:
    """The client of this process. Raises TelegramIsOff."""
    if not is_configured():
        raise TelegramIsOff
    return _client_for(settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_API_BASE)


def username() -> str:
    """What t.me addresses call the bot; asked once a day. Raises TelegramIsOff, TelegramError."""
    key = f"telegram:{settings.TELEGRAM_API_BASE}:{settings.TELEGRAM_BOT_TOKEN.partition(':')[0]}"
    known = shared_cache.get(key)
    if known is None:
        known = client().get_me().username
        shared_cache.set(key, known, USERNAME_SECONDS)
    return str(known)


@cache
def _client_for(token: str, base_url: str) -> TelegramClient:
    return TelegramClient(token, base_url=base_url, limiter=TelegramLimits())
