"""python-telegram-bot, loaded when a bot first speaks or is spoken to.

Its 180 modules take 13 MB, which an installation without a bot should not have to hold in every process.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from telegram import (
        Bot,
        BotCommand,
        CallbackQuery,
        ChatMemberUpdated,
        InlineKeyboardMarkup,
        InputFile,
        LinkPreviewOptions,
        Message,
        Update,
        User,
        constants,
        error,
        helpers,
        request,
    )

__all__ = [
    "Bot",
    "BotCommand",
    "CallbackQuery",
    "ChatMemberUpdated",
    "InlineKeyboardMarkup",
    "InputFile",
    "LinkPreviewOptions",
    "Message",
    "Update",
    "User",
    "constants",
    "error",
    "helpers",
    "request",
]

PARTS = ("constants", "error", "helpers", "request")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"telegram.{name}") if name in PARTS else getattr(import_module("telegram"), name)
