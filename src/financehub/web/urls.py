"""Addresses of the pages; an older spelling is the same view under a second address."""

from django.urls import path

from financehub.web.language import set_language

urlpatterns = [
    path("idioma/", set_language, name="set_language"),
]
