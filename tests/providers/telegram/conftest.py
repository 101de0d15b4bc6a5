"""The stand-in of the Bot API for the client's tests."""

from tests.telegram_stand_in import telegram

__all__ = ["telegram"]
