"""Banking as a Django app."""

from django.apps import AppConfig


class BankingConfig(AppConfig):
    name = "financehub.banking"
    label = "banking"
