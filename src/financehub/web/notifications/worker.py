"""The service worker that shows pushed messages: from the root of the site, so that it serves every page."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FILE = "web/service_worker.js"


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The script, asked for again by the browser each time."""
    found = finders.find(FILE)
    script = Path(str(found)).read_text()
    return HttpResponse(script, content_type="text/javascript", headers={"Cache-Control": "no-cache"})
