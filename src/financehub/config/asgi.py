"""The realtime process under ASGI; pages never run here."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "financehub.config.settings")  # noqa: TID251 - before settings exist
django.setup()

from financehub.realtime.app import application  # noqa: E402 - needs the app registry

__all__ = ["application"]
