"""Errors say the method and what Telegram said."""

from financehub.providers.telegram.errors import Refusal, TelegramForbidden, TelegramRateLimited


def test_the_text_names_the_call() -> None:
    assert str(TelegramForbidden(Refusal("sendMessage", "bot was blocked"))) == "sendMessage: bot was blocked"
    assert str(TelegramForbidden(Refusal("sendMessage"))) == "sendMessage: TelegramForbidden"


def test_a_pause_without_a_number_is_a_second() -> None:
    assert TelegramRateLimited(Refusal("sendMessage")).retry_after == 1.0
