"""Telling Telegram about us: the menu in both languages, and whether it delivers or we ask."""

from django.conf import settings

from financehub.bot import menu, receiving
from financehub.notifications import telegram_bot


def register() -> str:
    """Set menu and delivery; where updates come from now: the webhook's address, or nothing for polling.

    Raises TelegramIsOff, TelegramError.
    """
    client = telegram_bot.client()
    client.set_commands(menu.listed(english=False))
    client.set_commands(menu.listed(english=True), language="en")
    client.set_commands(menu.listed(english=False), language="pt")
    url = str(settings.TELEGRAM_WEBHOOK_URL)
    if url:
        client.set_webhook(url, secret_token=receiving.secret())
    else:
        client.delete_webhook()
    return url
