"""`financehub bot`: register the bot at Telegram; without a webhook, ask for updates until stopped."""

import contextlib
import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from financehub.bot import registering
from financehub.bot.polling import Poller
from financehub.notifications.telegram_bot import TelegramIsOff
from financehub.providers.telegram.errors import TelegramBadToken, TelegramError


class Command(BaseCommand):
    """Registers, then polls; with a webhook it only registers."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--register", action="store_true", help="only tell Telegram about us")

    def handle(self, *_args: object, **options: Any) -> None:
        is_registered = True
        try:
            url = registering.register()
        except TelegramIsOff:
            raise CommandError("TELEGRAM_BOT_TOKEN is not set: there is no bot") from None
        except TelegramBadToken:
            raise CommandError("Telegram does not accept TELEGRAM_BOT_TOKEN") from None
        except TelegramError as failure:
            if options["register"]:
                raise CommandError(f"Telegram did not answer: {failure}") from failure
            url, is_registered = "", False
        if url:
            self.stdout.write(f"Telegram delivers to {url}")
        elif options["register"]:
            self.stdout.write("`financehub bot` asks Telegram for updates")
        else:
            self._poll(must_register=not is_registered)

    def _poll(self, *, must_register: bool) -> None:
        """A signal ends a long poll at once; what is under way is finished, what is stored is not lost."""
        signal.signal(signal.SIGTERM, _end)
        self.stdout.write("Asking Telegram for updates; Ctrl-C stops it.")
        with contextlib.suppress(KeyboardInterrupt):
            Poller(must_register=must_register).run()


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
