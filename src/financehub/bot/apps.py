"""The bot as a Django app."""

from django.apps import AppConfig


class BotConfig(AppConfig):
    name = "financehub.bot"
    label = "bot"
