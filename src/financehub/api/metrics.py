"""`GET /metrics`: the inbox's figures in the text format of Prometheus, computed from rows when asked."""

import hmac
import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from financehub.api import errors
from financehub.core.client_address import client_address
from financehub.webhooks import measuring
from financehub.webhooks.measuring import Figures

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For the bearer of FINANCEHUB_METRICS_TOKEN; without one, for this machine itself."""
    if not _may_ask(request):
        return JsonResponse(errors.body("denied", "The metrics are not public."), status=403)
    return HttpResponse("\n".join(lines(measuring.figures())) + "\n", content_type=CONTENT_TYPE)


def _may_ask(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        expected = f"Bearer {settings.METRICS_TOKEN}".encode()
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected)
    address = client_address(request)
    return (
        address is not None
        and ipaddress.ip_address(address).is_loopback
        and "X-Forwarded-For" not in request.headers
    )


def lines(figures: Figures) -> Iterator[str]:
    """One line per figure."""
    yield "# TYPE financehub_webhook_received_total counter"
    for source, count in sorted(figures.received.items()):
        yield f'financehub_webhook_received_total{{source="{source}"}} {count}'
    yield "# TYPE financehub_webhook_events gauge"
    for (source, status), count in sorted(figures.by_status.items()):
        yield f'financehub_webhook_events{{source="{source}",status="{status}"}} {count}'
    yield "# TYPE financehub_webhook_refused_total counter"
    for (source, layer), count in sorted(figures.refused.items()):
        yield f'financehub_webhook_refused_total{{source="{source}",layer="{layer}"}} {count}'
    yield "# TYPE financehub_webhook_set_aside_total counter"
    for (source, layer), count in sorted(figures.aside.items()):
        yield f'financehub_webhook_set_aside_total{{source="{source}",layer="{layer}"}} {count}'
    yield "# TYPE financehub_webhook_parked gauge"
    yield f"financehub_webhook_parked {figures.parked}"
    yield "# TYPE financehub_webhook_alerts gauge"
    yield f"financehub_webhook_alerts {figures.alerts}"
    yield "# TYPE financehub_webhook_oldest_unhandled_seconds gauge"
    yield f"financehub_webhook_oldest_unhandled_seconds {figures.oldest_open_seconds:.3f}"
    yield "# TYPE financehub_webhook_time_to_handle_seconds gauge"
    for percent, seconds in figures.seconds_to_handle.items():
        yield f'financehub_webhook_time_to_handle_seconds{{quantile="{percent / 100}"}} {seconds:.3f}'
