"""The check-up of the bot: whose token it is, and whether its updates come to us."""

from collections.abc import Iterator

from django.conf import settings

from financehub.notifications import telegram_bot
from financehub.providers.telegram.client import TelegramClient, WebhookState
from financehub.providers.telegram.errors import TelegramBadToken, TelegramError
from financehub.providers.telegram.exchange import ClientSettings
from financehub.runtime.findings import Finding, note, ok, problem

PATIENCE = 5.0  # seconds
LATE = 20  # updates that wait; a person has noticed by then


def look() -> Iterator[Finding]:
    """Name and delivery; one note when there is no bot."""
    if not telegram_bot.is_configured():
        yield note("telegram", "off", "set TELEGRAM_BOT_TOKEN to talk to people there")
        return
    patience = ClientSettings(attempts=1, timeout=PATIENCE)
    address = settings.TELEGRAM_API_BASE
    with TelegramClient(settings.TELEGRAM_BOT_TOKEN, base_url=address, settings=patience) as client:
        try:
            yield ok("telegram", f"the token is @{client.get_me().username}'s")
            yield _delivery(client.webhook_state())
        except TelegramBadToken:
            yield problem(
                "telegram", f"{address} refuses TELEGRAM_BOT_TOKEN", "copy it from @BotFather again"
            )
        except TelegramError as failure:
            yield problem("telegram", f"{address} does not answer: {failure}", "check the network")


def _delivery(state: WebhookState) -> Finding:
    subject, wanted, advice = "updates", settings.TELEGRAM_WEBHOOK_URL, "run: financehub bot --register"
    if state.url != wanted:
        where = state.url or "nowhere: we should ask, or tell an address"
        return problem(subject, f"Telegram delivers to {where}", advice)
    if wanted and state.last_error:
        return problem(
            subject, f"Telegram could not deliver: {state.last_error}", f"see that {wanted} answers"
        )
    if state.pending > LATE:
        start = "see that the web process answers" if wanted else "start `financehub bot` or `financehub up`"
        return problem(subject, f"{state.pending} wait at Telegram", start)
    return ok(subject, f"delivered to {wanted}" if wanted else "asked for by `financehub bot`")
