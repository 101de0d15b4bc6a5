"""The pages as a Django app: templates, static files and words."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "financehub.web"
    label = "web"
