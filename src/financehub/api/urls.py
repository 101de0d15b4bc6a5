"""Where the API is mounted, below /api/."""

from django.urls import path

from financehub.api.api import api

urlpatterns = [path("", api.urls)]
