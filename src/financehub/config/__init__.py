"""Wiring only: settings, addresses, servers; Celery's application is made with the settings."""

from financehub.config.celery import app as celery_app

__all__ = ["celery_app"]
