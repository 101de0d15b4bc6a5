"""On an address that a notification may also reach, what names an event goes to the webhook door and nowhere else."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

from financehub.webhooks.receiving import names_an_event, receive_pluggy


def events_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate an operation: it sees only requests that are no events, and no event is let in by its session."""

    @wraps(view)
    def decorated(request: HttpRequest, **names: object) -> HttpResponse:
        if names_an_event(request):
            return receive_pluggy(request)
        return view(request, **names)

    return decorated
