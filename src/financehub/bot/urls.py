"""Where Telegram posts to; with and without the last slash, because a redirect would lose the body."""

from django.urls import re_path

from financehub.bot.receiving import receive

urlpatterns = [re_path(r"^webhooks/telegram/?$", receive, name="telegram-webhook")]
