"""People and companies as a Django app."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    name = "financehub.companies"
    label = "companies"
