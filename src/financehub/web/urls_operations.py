"""Addresses of what an operator looks at."""

from django.urls import path, re_path

from financehub.web.operations import events

urlpatterns = [
    re_path(r"^eventos/?$", events.stream, name="events"),
    path("eventos/rodar", events.retry_all, name="events-retry"),
    path("eventos/<uuid:event_id>", events.event, name="event"),
    path("eventos/<uuid:event_id>/rodar", events.retry, name="event-retry"),
]
