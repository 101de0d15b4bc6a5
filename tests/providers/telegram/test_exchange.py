"""The vendor's failures in our words."""

import pytest
from telegram import error

from financehub.providers.telegram import errors
from financehub.providers.telegram.exchange import in_our_words


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (error.RetryAfter(7), errors.TelegramRateLimited),
        (error.ChatMigrated(-100), errors.TelegramChatMigrated),
        (error.InvalidToken("123:secret is wrong"), errors.TelegramBadToken),
        (error.TimedOut(), errors.TelegramUnavailable),
        (error.NetworkError("https://api.telegram.org/bot123:secret"), errors.TelegramUnavailable),
        (error.TelegramError("odd"), errors.TelegramUnavailable),
    ],
)
def test_every_class_has_one_of_ours_and_no_token_passes(
    theirs: error.TelegramError, ours: type[errors.TelegramError]
) -> None:
    found = in_our_words("sendMessage", theirs)
    assert type(found) is ours
    assert "secret" not in f"{found} {found.refusal}"


def test_what_a_caller_needs_is_kept() -> None:
    limited = in_our_words("sendMessage", error.RetryAfter(7))
    assert isinstance(limited, errors.TelegramRateLimited)
    assert limited.retry_after == 7.0
    refused = in_our_words("sendMessage", error.BadRequest("Message text is empty"))
    assert str(refused) == "sendMessage: Message text is empty"
