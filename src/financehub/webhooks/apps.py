"""The inbox as a Django app."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "financehub.webhooks"
    label = "webhooks"
