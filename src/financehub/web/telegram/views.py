"""Conta, Telegram: which chats are tied to the person, and a fresh link as a button and as a picture for a phone."""

import base64
from uuid import UUID

import qrcode
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from qrcode.image.svg import SvgPathImage

from financehub.notifications import linking, telegram_bot
from financehub.providers.telegram.errors import TelegramError
from financehub.web.requests import PageRequest, actor, signed_in
from financehub.web.telegram import texts


@require_safe
@signed_in
def overview(request: PageRequest) -> HttpResponse:
    """The person's chats, and the way to tie another."""
    return _page(request)


@require_POST
@never_cache
@signed_in
def link(request: PageRequest) -> HttpResponse:
    """A link that works once, for ten minutes; this answer is the only place that shows it."""
    if not telegram_bot.is_configured():
        return redirect("telegram")
    try:
        bot = telegram_bot.username()
    except TelegramError:
        messages.error(request, str(texts.AWAY))
        return redirect("telegram")
    address = f"https://t.me/{bot}?start={linking.link_for_person(request.user)}"
    return _page(request, {"link": address, "bot": bot, "picture": _picture(address)})


@require_POST
@signed_in
def unlink(request: PageRequest, telegramchat_id: UUID) -> HttpResponse:
    """Part a chat from the person; nothing is said there any more."""
    linking.unlink(chat=linking.own_chat(request.user, telegramchat_id), by=actor(request))
    return redirect("telegram")


def _page(request: PageRequest, issued: dict[str, str] | None = None) -> HttpResponse:
    context = {
        "telegram_is_on": telegram_bot.is_configured(),
        "chats": linking.chats_of(request.user),
        "minutes": int(linking.VALID_FOR.total_seconds() // 60),
        **(issued or {}),
    }
    return render(request, "web/telegram.html", context)


def _picture(address: str) -> str:
    """A QR code as a data address: nobody is asked to draw it."""
    drawing: bytes = qrcode.make(address, image_factory=SvgPathImage, border=2).to_string()
    return "data:image/svg+xml;base64," + base64.b64encode(drawing).decode()
