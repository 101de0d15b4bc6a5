"""The stand-in of Telegram and Ana's chat."""

from tests.telegram_world import phone, telegram

__all__ = ["phone", "telegram"]
