"""Which address belongs to which door."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("financehub.webhooks.urls")),
    path("api/", include("financehub.api.urls")),
    path("empresa/", include("financehub.web.urls_company")),
    path("conta/", include("financehub.web.urls_account")),
    path("", include("financehub.web.urls")),
]
