"""Which address belongs to which door."""

from django.urls import include, path

from financehub.api.metrics import metrics

urlpatterns = [
    path("api/", include("financehub.webhooks.urls")),
    path("api/", include("financehub.bot.urls")),
    path("api/", include("financehub.api.urls")),
    path("metrics", metrics),
    path("operacao/", include("financehub.web.urls_operations")),
    path("", include("financehub.web.billing.urls")),
    path("", include("financehub.web.notifications.urls")),
    path("empresa/", include("financehub.web.urls_company")),
    path("conta/", include("financehub.web.urls_account")),
    path("", include("financehub.web.urls")),
]
