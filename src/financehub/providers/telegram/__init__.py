"""Telegram's Bot API: a plain, synchronous client over python-telegram-bot."""

import os

# The library's coming behaviour: pauses as timedelta. Without it every pause prints a warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")  # noqa: TID251 - the library's own switch, not a setting of ours
