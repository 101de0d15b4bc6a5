"""The leaves as a Django app: only its tables."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "financehub.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
