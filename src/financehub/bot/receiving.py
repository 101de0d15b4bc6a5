"""The door that Telegram posts updates to: shut without a bot, guarded by the secret header, stored before answered."""

import hashlib
import hmac

import msgspec
import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from financehub.bot import handling, storing
from financehub.core import jobs
from financehub.notifications import telegram_bot
from financehub.providers.telegram.updates import Update, parse

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_BODY = 256 * 1024
TRY_AGAIN_SECONDS = "30"

log = structlog.get_logger()


def is_open() -> bool:
    """Whether Telegram delivers here: there is a bot, and it was told an address."""
    return telegram_bot.is_configured() and bool(settings.TELEGRAM_WEBHOOK_URL)


def secret() -> str:
    """What Telegram sends along: the operator's, else one that follows from the installation's own secret."""
    if settings.TELEGRAM_WEBHOOK_SECRET:
        return str(settings.TELEGRAM_WEBHOOK_SECRET)
    token = settings.TELEGRAM_BOT_TOKEN.encode()
    return hmac.new(f"telegram-webhook:{settings.SECRET_KEY}".encode(), token, hashlib.sha256).hexdigest()


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """2xx once it is stored, also for what we do not understand (or Telegram would repeat it); 503 asks again."""
    if not is_open():
        raise Http404
    given = request.headers.get(HEADER, "")
    if not hmac.compare_digest(given.encode(), secret().encode()):
        log.warning("bot_update_refused")
        return HttpResponse(status=401)
    update = _read(request)
    if update is None:
        return HttpResponse(status=200)
    try:
        take(update)
    except (DatabaseError, InterfaceError) as error:
        log.warning("bot_update_not_stored", error=type(error).__name__)
        return HttpResponse(status=503, headers={"Retry-After": TRY_AGAIN_SECONDS})
    return HttpResponse(status=200)


def take(update: Update) -> None:
    """Store it once; a secret is used at once, everything else is worked off in the background."""
    stored = storing.store(update)
    if stored is None:
        return
    if stored.secret is not None:
        handling.work_off_secret(stored)
    else:
        jobs.enqueue("bot.work_off", chat_id=update.chat_id)


def _read(request: HttpRequest) -> Update | None:
    try:
        if int(request.headers.get("Content-Length") or 0) > LONGEST_BODY:
            return None
        raw = msgspec.json.decode(request.body, type=dict[str, object])
        return parse(raw)
    except (msgspec.MsgspecError, ValueError):
        log.warning("bot_update_unreadable")
        return None
