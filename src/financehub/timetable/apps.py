"""The room as a Django app."""

from django.apps import AppConfig


class TimetableConfig(AppConfig):
    name = "financehub.timetable"
    label = "timetable"
    default_auto_field = "django.db.models.BigAutoField"
